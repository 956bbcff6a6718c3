//! Checks of the steps between roles: each says what it consists of, none skips a license, and every role can be reached.

use crate::knowledge::Knowledge;
use crate::knowledge::bridges::{BRIDGES, Bridge, StepKind};
use crate::knowledge::check::material::Material;
use crate::knowledge::check::page::words;
use crate::knowledge::files::display_path;
use crate::knowledge::problem::Problem;
use crate::knowledge::starts::{PREREQUISITES, possible};

/// Months below which a degree is no degree, whatever counts towards it.
const SHORTEST: &[(StepKind, u16)] = &[
    (StepKind::Bridge, 9),
    (StepKind::Associate, 18),
    (StepKind::Bachelor, 11),
    (StepKind::Master, 12),
    (StepKind::Doctoral, 24),
];

pub(super) fn steps(material: &Material<'_>) -> Vec<Problem> {
    let Some(knowledge) = material.knowledge else {
        return Vec::new();
    };
    let mut problems = Vec::new();
    let file = display_path(&format!("data/{}", BRIDGES.0));
    for bridge in &knowledge.bridges {
        let way = format!("the way from {} to {}", bridge.from, bridge.to);
        let mut wrong = |what: String, hint: &str| {
            problems.push(Problem::new(&file, bridge.line, what, hint));
        };
        if words(&bridge.how) < 4 || !bridge.how.ends_with('.') {
            let hint = "say in whole sentences what the way consists of";
            wrong(format!("{way} says too little"), hint);
        }
        let told = [&bridge.kept, &bridge.caution];
        if told
            .iter()
            .any(|text| !text.is_empty() && !text.ends_with('.'))
        {
            wrong(
                format!("{way} has a sentence without an end"),
                "end kept and caution in a full stop",
            );
        }
        if bridge.from != bridge.to && !in_order(knowledge, bridge) {
            wrong(
                format!("{way} leaves out what {} asks for first", bridge.to),
                "begin at what knowledge/data/prerequisites.csv names for it",
            );
        }
        let shortest = SHORTEST.iter().find(|(kind, _)| *kind == bridge.kind);
        if let Some((kind, least)) = shortest
            && bridge.least < *least
        {
            wrong(
                format!(
                    "{way} takes {} months, too short for \"{}\"",
                    bridge.least,
                    kind.word()
                ),
                "correct the months or the kind",
            );
        }
    }
    let file = display_path(&format!("data/{}", PREREQUISITES.0));
    for one in &knowledge.prerequisites {
        let reached = knowledge
            .bridges
            .iter()
            .any(|bridge| bridge.to == one.role && bridge.from != one.role);
        if !reached {
            problems.push(Problem::new(
                &file,
                one.line,
                format!("no way leads to {}", one.role),
                "add one to knowledge/data/bridges.csv",
            ));
        }
    }
    problems
}

/// Whether a step begins at what its goal asks for first; a start counts as the role whose certification it holds.
fn in_order(knowledge: &Knowledge, bridge: &Bridge) -> bool {
    let start = knowledge
        .starts
        .iter()
        .find(|start| start.slug == bridge.from);
    let from = start
        .and_then(|start| start.holds.as_ref())
        .unwrap_or(&bridge.from);
    possible(&knowledge.prerequisites, from, &bridge.to)
}
