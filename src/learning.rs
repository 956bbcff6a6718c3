//! Learning the weights from examples: softmax regression by AdaGrad, with weights near nothing cut to nothing.
//!
//! Deterministic: the same examples give the same weights. Each author's examples can be kept out to see what others' words
//! teach about them.

use std::collections::HashMap;

use crate::knowledge::language::examples::Example;
use crate::knowledge::language::label::Label;
use crate::knowledge::language::weights::{Weights, hash};
use crate::understanding::Understanding;
use crate::understanding::features::{Feature, features};
use crate::understanding::model::{predict, softmax};
use crate::understanding::reading::Reading;

const LABELS: usize = Label::ALL.len();

/// How learning goes. Measured by leaving authors out.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Times that each example is looked at.
    pub rounds: usize,
    /// Length of a step.
    pub step: f32,
    /// What a weight loses each round (L1): what it does not earn back is nothing.
    pub shrink: f32,
    /// Examples that must hold a feature.
    pub fewest: u32,
    /// Weights that are kept: those that did most, learned again by themselves.
    pub most: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            rounds: 10,
            step: 0.1,
            shrink: 0.01,
            fewest: 3,
            most: 450_000,
        }
    }
}

/// An example as numbers.
struct Row {
    features: Vec<(u32, f32)>,
    labels: Vec<u8>,
    /// By which its place among the others is drawn, whatever else there is: one more example moves no other.
    lot: u64,
}

/// A trained model, as rows of feature, label and weight, sorted.
pub type Rows = Vec<(String, u8, f32)>;

/// How well one label is told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    /// Examples that bear it first.
    pub examples: usize,
    /// Of these, those for which it, or another label that they bear, came out on top.
    pub found: usize,
    /// Examples for which it came out on top.
    pub said: usize,
    /// Of these, those that bear it.
    pub right: usize,
}

/// Learns from the examples that `keep` lets in.
pub fn train(
    understanding: &Understanding,
    examples: &[Example],
    settings: Settings,
    keep: impl Fn(&Example) -> bool,
) -> Rows {
    let mut names: Vec<String> = Vec::new();
    let mut ids: HashMap<u64, u32> = HashMap::new();
    let mut held: Vec<u32> = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    for example in examples.iter().filter(|example| keep(example)) {
        let reading = Reading::new(understanding.lexicon(), &example.text);
        let mut called = Vec::new();
        let mut own: HashMap<u32, f32> = HashMap::new();
        for (place, feature) in features(&reading, Some(&mut called)).iter().enumerate() {
            let new = ids.len() as u32;
            let id = *ids.entry(feature.hash).or_insert(new);
            if id == new {
                names.push(std::mem::take(&mut called[place]));
                held.push(0);
            }
            *own.entry(id).or_default() += feature.value;
        }
        let mut features: Vec<(u32, f32)> = own.into_iter().collect();
        features.sort_unstable_by_key(|(id, _)| *id);
        features.iter().for_each(|(id, _)| held[*id as usize] += 1);
        let labels = example
            .labels
            .iter()
            .map(|label| label.index() as u8)
            .collect();
        let lot = hash(&[&example.text]);
        rows.push(Row {
            features,
            labels,
            lot,
        });
    }
    for row in &mut rows {
        row.features
            .retain(|(id, _)| held[*id as usize] >= settings.fewest);
    }
    let mut weights = descend(&rows, vec![0.0; names.len() * LABELS], None, settings);
    let kept = strongest(&rows, &weights, settings.most);
    for (weight, kept) in weights.iter_mut().zip(&kept) {
        *weight *= f32::from(u8::from(*kept));
    }
    let weights = descend(&rows, weights, Some(&kept), settings);
    let mut kept: Rows = Vec::new();
    for (id, name) in names.into_iter().enumerate() {
        for (label, weight) in weights[id * LABELS..(id + 1) * LABELS].iter().enumerate() {
            // As it is written: in hundredths.
            let weight = (weight * 100.0).round() / 100.0;
            if weight != 0.0 {
                kept.push((name.clone(), label as u8, weight));
            }
        }
    }
    kept.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    kept
}

/// What the most important label of several counts, beside each other one.
const FIRST: f32 = 2.0;

/// The weights that did most for the examples: a weight's size, by the values of its feature.
fn strongest(rows: &[Row], weights: &[f32], most: usize) -> Vec<bool> {
    let mut values = vec![0.0_f32; weights.len() / LABELS];
    for (id, value) in rows.iter().flat_map(|row| &row.features) {
        values[*id as usize] += value * value;
    }
    let worth: Vec<f32> = weights
        .iter()
        .enumerate()
        .map(|(place, weight)| weight.abs() * values[place / LABELS].sqrt())
        .collect();
    let mut sorted = worth.clone();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let least = sorted.get(most).copied().unwrap_or(0.0);
    worth.into_iter().map(|worth| worth > least).collect()
}

/// Learns from `weights` on; where `kept` is given, the others stay nothing.
fn descend(
    rows: &[Row],
    mut weights: Vec<f32>,
    kept: Option<&[bool]>,
    settings: Settings,
) -> Vec<f32> {
    let mut squares = vec![1e-6_f32; weights.len()];
    let mut order: Vec<u32> = (0..rows.len() as u32).collect();
    let mut sum = vec![0.0_f32; weights.len()];
    let averaged = settings.rounds / 2;
    for round in 0..settings.rounds {
        let turn = (round as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        order.sort_unstable_by_key(|place| mixed(rows[*place as usize].lot ^ turn));
        for row in order.iter().map(|place| &rows[*place as usize]) {
            let mut scores = [0.0_f32; LABELS];
            for (id, value) in &row.features {
                let own = &weights[*id as usize * LABELS..][..LABELS];
                for (score, weight) in scores.iter_mut().zip(own) {
                    *score += weight * value;
                }
            }
            let mut gradient = softmax(scores);
            let all = FIRST + row.labels.len() as f32 - 1.0;
            for (place, label) in row.labels.iter().enumerate() {
                gradient[usize::from(*label)] -= if place == 0 { FIRST } else { 1.0 } / all;
            }
            for (id, value) in &row.features {
                let from = *id as usize * LABELS;
                for (label, slope) in gradient.iter().enumerate() {
                    if kept.is_some_and(|kept| !kept[from + label]) {
                        continue;
                    }
                    let slope = slope * value;
                    let square = &mut squares[from + label];
                    *square += slope * slope;
                    weights[from + label] -= settings.step * slope / square.sqrt();
                }
            }
        }
        for weight in &mut weights {
            *weight = weight.signum() * (weight.abs() - settings.shrink).max(0.0);
        }
        if round + averaged >= settings.rounds {
            sum.iter_mut()
                .zip(&weights)
                .for_each(|(sum, weight)| *sum += weight);
        }
    }
    // The mean of the later rounds: the last example that was looked at decides nothing.
    sum.iter_mut().for_each(|sum| *sum /= averaged as f32);
    sum
}

/// Bits well mixed (the finalizer of SplitMix64).
fn mixed(mut bits: u64) -> u64 {
    bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ bits >> 31
}

/// Holds a model against the examples that `keep` lets in: by label, and over all.
pub fn score(
    understanding: &Understanding,
    weights: &Weights,
    examples: &[Example],
    keep: impl Fn(&Example) -> bool,
) -> (Vec<Score>, Score, Vec<Miss>) {
    let mut by_label = vec![Score::default(); LABELS];
    let mut all = Score::default();
    let mut misses = Vec::new();
    for (place, example) in examples
        .iter()
        .enumerate()
        .filter(|(_, example)| keep(example))
    {
        let (top, sure) = labels(understanding, weights, &example.text);
        let right = example.labels.contains(&top);
        let first = example.labels[0];
        by_label[first.index()].examples += 1;
        by_label[first.index()].found += usize::from(right);
        by_label[top.index()].said += 1;
        by_label[top.index()].right += usize::from(right);
        all.examples += 1;
        all.found += usize::from(right);
        if !right {
            misses.push(Miss {
                example: place,
                said: top,
                sure,
            });
        }
    }
    (by_label, all, misses)
}

/// An example that the model takes for something else.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Miss {
    /// Its place among the examples.
    pub example: usize,
    /// What it is taken for.
    pub said: Label,
    /// How sure.
    pub sure: f32,
}

fn labels(understanding: &Understanding, weights: &Weights, text: &str) -> (Label, f32) {
    let reading = Reading::new(understanding.lexicon(), text);
    let features: Vec<Feature> = features(&reading, None);
    predict(weights, &features).top()
}
