//! Checks of what the bot understands: that examples can be read, are enough, and belong to the weights.

use crate::knowledge::check::material::Material;
use crate::knowledge::files;
use crate::knowledge::language::{Label, examples, weights};
use crate::knowledge::problem::Problem;

/// Examples that each label has at least.
const FEWEST: usize = 150;
/// The same for labels whose subjects have no end.
const FEWEST_OPEN: usize = 600;
const OPEN: &[Label] = &[
    Label::OffTopic,
    Label::Opinion,
    Label::Medical,
    Label::Crisis,
    Label::Distress,
];

/// Examples that cannot be read or stand twice, and labels with too few.
pub(super) fn examples(material: &Material<'_>) -> Vec<Problem> {
    if !material
        .files
        .keys()
        .any(|path| path.starts_with(examples::FOLDER))
    {
        return Vec::new();
    }
    let mut problems = Vec::new();
    let all = examples::read(material.files, &mut problems);
    for label in Label::ALL {
        let count = all
            .iter()
            .filter(|example| example.labels.contains(label))
            .count();
        let fewest = if OPEN.contains(label) {
            FEWEST_OPEN
        } else {
            FEWEST
        };
        if count < fewest {
            let what = format!("\"{}\" has {count} examples", label.word());
            let hint = format!("write {} more, by hand and in many voices", fewest - count);
            problems.push(Problem::new(
                &files::display_path(examples::FOLDER),
                0,
                what,
                hint,
            ));
        }
    }
    problems
}

/// Weights that were learned from other examples or other classes of words.
pub(super) fn weights(material: &Material<'_>) -> Vec<Problem> {
    let Some(knowledge) = material.knowledge else {
        return Vec::new();
    };
    let learned = knowledge.language.weights.examples;
    if learned == examples::fingerprint(material.files) {
        return Vec::new();
    }
    let what = "was learned from other examples or classes of words than those that stand here";
    vec![Problem::new(
        &files::display_path(weights::PATH),
        1,
        what,
        "write it anew with \"careerbot train\"",
    )]
}
