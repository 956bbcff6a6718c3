//! What was learned: `knowledge/language/weights.csv`, written by `careerbot train`.
//!
//! The first line names the examples by their fingerprint. Each row is `feature,label,weight`; a feature stands once, on the
//! first of its rows. Weights are natural logarithms of odds, in hundredths.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::knowledge::language::label::Label;
use crate::knowledge::problem::Problem;

/// Path of the file, below the knowledge folder.
pub const PATH: &str = "language/weights.csv";
const HEAD: &str = "# made by \"careerbot train\" from examples ";
/// Name of the feature that every message has.
pub const BIAS: &str = "<bias>";

/// Weights by feature.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Weights {
    /// Fingerprint of the examples that they were learned from.
    pub examples: u32,
    /// Where each feature's weights stand in `entries`, by the feature's hash.
    places: HashMap<u64, (u32, u32), Plain>,
    /// Labels, as places in [`Label::ALL`], with their weights.
    entries: Vec<(u8, f32)>,
}

/// Keys are hashes already.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Plain(u64);

impl std::hash::BuildHasher for Plain {
    type Hasher = Self;
    fn build_hasher(&self) -> Self {
        Self(0)
    }
}

impl std::hash::Hasher for Plain {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes
            .iter()
            .fold(self.0, |hash, byte| hash.rotate_left(8) ^ u64::from(*byte));
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// The hash of a feature's name (FNV-1a).
pub fn hash(parts: &[&str]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in parts.iter().flat_map(|part| part.bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash
}

impl Weights {
    /// The weights of a feature, by label.
    pub fn of(&self, feature: u64) -> &[(u8, f32)] {
        match self.places.get(&feature) {
            Some((from, to)) => &self.entries[*from as usize..*to as usize],
            None => &[],
        }
    }

    /// Whether nothing was learned.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// From rows sorted by feature; labels are places in [`Label::ALL`].
    pub fn from_rows(examples: u32, rows: &[(String, u8, f32)]) -> Self {
        let mut weights = Self {
            examples,
            ..Self::default()
        };
        for (feature, label, weight) in rows {
            weights.add(hash(&[feature]), *label, *weight);
        }
        weights
    }

    fn add(&mut self, feature: u64, label: u8, weight: f32) {
        let end = self.entries.len() as u32;
        let place = self.places.entry(feature).or_insert((end, end));
        place.1 = end + 1;
        self.entries.push((label, weight));
    }

    /// Reads the file.
    pub(super) fn read(file: &str, text: &str, problems: &mut Vec<Problem>) -> Self {
        let hint = "write it anew with \"careerbot train\"";
        let mut lines = text.lines().enumerate();
        let head = lines.next().and_then(|(_, line)| line.strip_prefix(HEAD));
        let Some(examples) = head.and_then(|hex| u32::from_str_radix(hex, 16).ok()) else {
            problems.push(Problem::new(
                file,
                1,
                "does not say from which examples it was made",
                hint,
            ));
            return Self::default();
        };
        let mut weights = Self {
            examples,
            ..Self::default()
        };
        weights.entries.reserve(text.len() / 16);
        let mut feature = 0;
        for (place, line) in lines {
            let mut parts = line.rsplitn(3, ',');
            let weight = parts.next().and_then(|weight| weight.parse::<f32>().ok());
            let label = parts.next().and_then(Label::parse);
            let (Some(weight), Some(label), Some(name)) = (weight, label, parts.next()) else {
                problems.push(Problem::new(
                    file,
                    place + 1,
                    "is no row of feature, label and weight",
                    hint,
                ));
                return Self::default();
            };
            if !name.is_empty() {
                feature = hash(&[name]);
            }
            weights.add(feature, label.index() as u8, weight / 100.0);
        }
        weights
    }
}

/// The file, from rows sorted by feature.
pub fn write(examples: u32, rows: &[(String, u8, f32)]) -> String {
    let mut text = format!("{HEAD}{examples:08x}\n");
    let mut last = "";
    for (feature, label, weight) in rows {
        let name = if feature == last { "" } else { feature };
        let _ = writeln!(
            text,
            "{name},{},{:.0}",
            Label::WORDS[usize::from(*label)],
            weight * 100.0
        );
        last = feature;
    }
    text
}
