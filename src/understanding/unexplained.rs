//! The words of a message that nothing explains, weighed by rarity.

use crate::knowledge::language::Label;
use crate::knowledge::language::weights::hash;
use crate::search::documents::Field;
use crate::understanding::plan::ASPECTS;
use crate::understanding::reading::TELLING;
use crate::understanding::scene::Scene;

/// From this weight on, a word's tie to a label explains it.
const TIED: f32 = 0.35;

/// A word of so few letters that is none of English may be a slip.
const SLIP: usize = 3;

/// A word that nothing explains.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Unexplained {
    /// Its place.
    pub(crate) at: usize,
    /// How rare it is, from 0 to 1; less where its clause tells and does not ask.
    pub(crate) weight: f32,
}

/// How much words that nothing explains say that something else is asked: their weights together.
pub(crate) fn weight(words: &[Unexplained]) -> f32 {
    words.iter().map(|word| word.weight).sum()
}

/// The words that no name, class or label explains, in order. `labels` are those that the message is taken to bear.
pub(crate) fn unexplained(scene: &Scene<'_>, labels: &[Label]) -> Vec<Unexplained> {
    let weights = &scene.knowledge.language.weights;
    let tied = |word: &str| {
        let own = weights.of(hash(&["w:", word]));
        let known = |label: u8| {
            labels
                .iter()
                .chain(ASPECTS)
                .any(|known| known.index() == usize::from(label))
        };
        own.iter()
            .any(|(label, weight)| *weight >= TIED && known(*label))
    };
    let reading = &scene.reading;
    reading
        .content()
        .filter(|at| reading.covering(*at).next().is_none())
        .filter(|at| !tied(&reading.tokens[*at].word) && !tied(&reading.tokens[*at].stem))
        .map(|at| Unexplained {
            at,
            weight: rarity(scene, at) * told(scene, at),
        })
        .collect()
}

/// What a word counts for: less where its clause tells, and where it is so short that it may be a slip ("mch").
fn told(scene: &Scene<'_>, at: usize) -> f32 {
    let word = &scene.reading.tokens[at].word;
    let slip = word.chars().count() <= SLIP && !scene.lexicon.speller().is_english(word);
    let asks = scene.reading.asks(at);
    if slip || !asks { TELLING } else { 1.0 }
}

/// How rare a word is in what the knowledge tells, from 0 to 1.
pub(crate) fn rarity(scene: &Scene<'_>, at: usize) -> f32 {
    let most = scene.index.weight(Field::Passage, "");
    let stem = scene
        .index
        .stems(&scene.reading.tokens[at].word)
        .pop()
        .unwrap_or_default();
    (scene.index.weight(Field::Passage, &stem) / most).clamp(0.0, 1.0)
}
