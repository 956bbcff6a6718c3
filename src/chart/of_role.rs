//! What every chart says of a role: its name with whose figures they are, and where they come from.

use crate::knowledge::terms::FigureMatch;
use crate::knowledge::{Knowledge, Role, SourceId, Topic};

/// What stands behind a name whose figures are of more than this role.
const STAR: &str = "*";
/// What the star says.
const OF_A_GROUP: &str = "* The official figures are of a larger group.";

/// The role of a slug.
pub(super) fn role<'a>(knowledge: &'a Knowledge, slug: &str) -> Option<&'a Role> {
    match knowledge.find(slug)? {
        Topic::Role(id) => Some(knowledge.role(id)),
        Topic::Trend(_) => None,
    }
}

/// The roles of these slugs.
pub(super) fn roles<'a>(knowledge: &'a Knowledge, slugs: &[String]) -> Vec<&'a Role> {
    slugs
        .iter()
        .filter_map(|slug| role(knowledge, slug))
        .collect()
}

fn exact(role: &Role) -> bool {
    role.figures == FigureMatch::Exact
}

/// Name in a chart: with a star where the figures are of a larger group.
pub(super) fn label(role: &Role) -> String {
    let star = if exact(role) { "" } else { STAR };
    format!("{}{star}", role.title)
}

/// Name in words: with the group that the figures are of.
pub(super) fn spoken(role: &Role) -> String {
    if exact(role) {
        role.title.clone()
    } else {
        format!("{} (figures of {})", role.title, role.group)
    }
}

/// What stands below a chart of these roles: what a star means, and where the figures come from.
pub(super) fn remarks<'a>(
    knowledge: &Knowledge,
    roles: &[&Role],
    sources: impl Iterator<Item = &'a SourceId>,
) -> Vec<String> {
    let star = roles.iter().any(|role| !exact(role));
    let mut remarks: Vec<String> = star.then(|| OF_A_GROUP.to_owned()).into_iter().collect();
    for source in sources.filter_map(|id| knowledge.sources.get(id)) {
        let line = source.named();
        if !remarks.contains(&line) {
            remarks.push(line);
        }
    }
    remarks
}
