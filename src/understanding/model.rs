//! From features to labels: a linear model, whose weights are data.

use crate::knowledge::language::{Label, Weights};
use crate::understanding::features::Feature;

const LABELS: usize = Label::ALL.len();

/// A probability for each label; together they are 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Labels {
    probabilities: [f32; LABELS],
}

impl Labels {
    /// How sure it is that a message asks this.
    pub fn of(&self, label: Label) -> f32 {
        self.probabilities[label.index()]
    }

    /// How sure it is that somebody is in danger or sad.
    pub(crate) fn danger(&self) -> f32 {
        self.of(Label::Crisis) + self.of(Label::Distress)
    }

    /// The labels, likeliest first.
    pub fn ranked(&self) -> Vec<(Label, f32)> {
        let mut ranked: Vec<(Label, f32)> = Label::ALL
            .iter()
            .map(|label| (*label, self.of(*label)))
            .collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked
    }

    /// The likeliest label.
    pub fn top(&self) -> (Label, f32) {
        self.ranked()[0]
    }
}

/// The labels of a message, from its features.
pub(crate) fn predict(weights: &Weights, features: &[Feature]) -> Labels {
    let mut scores = [0.0_f32; LABELS];
    for feature in features {
        for (label, weight) in weights.of(feature.hash) {
            scores[usize::from(*label)] += weight * feature.value;
        }
    }
    Labels {
        probabilities: softmax(scores),
    }
}

/// Scores as probabilities.
pub(crate) fn softmax(mut scores: [f32; LABELS]) -> [f32; LABELS] {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for score in &mut scores {
        *score = (*score - most).exp();
        sum += *score;
    }
    scores.map(|score| score / sum)
}

/// What made a label likely: the features that add most to it, as (place in `features`, share of the score).
pub(crate) fn reasons(
    weights: &Weights,
    features: &[Feature],
    label: Label,
    most: usize,
) -> Vec<(usize, f32)> {
    let share = |feature: &Feature| -> f32 {
        let own = weights
            .of(feature.hash)
            .iter()
            .find(|(place, _)| usize::from(*place) == label.index());
        own.map_or(0.0, |(_, weight)| weight * feature.value)
    };
    let mut reasons: Vec<(usize, f32)> = features.iter().map(share).enumerate().collect();
    reasons.retain(|(_, share)| *share > 0.0);
    reasons.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    reasons.truncate(most);
    reasons
}
