//! Usual ways from one role to the next, with how long they take: `data/bridges.csv`.
//!
//! Knows roles by their slugs; whether they exist is `link`'s to say.

use crate::knowledge::names::Slug;
use crate::knowledge::problem::Problem;
use crate::knowledge::sources::SourceId;
use crate::knowledge::table::read as read_table;

/// A way from a role to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bridge {
    /// The role that one has.
    pub from: Slug,
    /// The role that one wants.
    pub to: Slug,
    /// Months of the shortest usual way.
    pub least: u16,
    /// Months of the usual way; at least `least`.
    pub usual: u16,
    /// What it consists of, in one or two sentences.
    pub how: String,
    /// Source.
    pub source: SourceId,
    /// Line in the file.
    pub line: usize,
}

/// All bridges, in the order of the file.
pub type Bridges = Vec<Bridge>;

/// File name and header, below `knowledge/data/`.
pub const BRIDGES: (&str, &[&str]) = (
    "bridges.csv",
    &["from", "to", "least", "usual", "how", "source"],
);

/// The bridge between two roles, by their slugs.
pub fn between<'a>(bridges: &'a [Bridge], from: &Slug, to: &Slug) -> Option<&'a Bridge> {
    bridges
        .iter()
        .find(|bridge| bridge.from == *from && bridge.to == *to)
}

/// The bridges that begin at a role, in the order of the file.
pub fn from<'a>(bridges: &'a [Bridge], role: &Slug) -> Vec<&'a Bridge> {
    bridges
        .iter()
        .filter(|bridge| bridge.from == *role)
        .collect()
}

/// The bridges that lead to a role, in the order of the file.
pub fn to<'a>(bridges: &'a [Bridge], role: &Slug) -> Vec<&'a Bridge> {
    bridges.iter().filter(|bridge| bridge.to == *role).collect()
}

/// Reads `bridges.csv`.
pub(crate) fn read(file: &str, text: &str, problems: &mut Vec<Problem>) -> Bridges {
    let mut bridges = Bridges::new();
    read_table(file, text, BRIDGES.1, problems, |row| {
        let slug = |column: &str| {
            let text = row.text(column)?;
            Slug::parse(text)
                .ok_or_else(|| format!("{column} \"{text}\" is not a slug: name the role's file"))
        };
        let months = |column: &str| {
            u16::try_from(row.number(column)?)
                .ok()
                .filter(|months| *months <= 240)
                .ok_or_else(|| format!("{column} is more than 240 months"))
        };
        let bridge = Bridge {
            from: slug("from")?,
            to: slug("to")?,
            least: months("least")?,
            usual: months("usual")?,
            how: row.text("how")?.to_owned(),
            source: row.source()?,
            line: row.line(),
        };
        if bridge.usual < bridge.least {
            return Err(format!(
                "usual {} is below least {}",
                bridge.usual, bridge.least
            ));
        }
        if bridge.from == bridge.to {
            return Err(format!("a bridge from {} to itself", bridge.from));
        }
        let twice = between(&bridges, &bridge.from, &bridge.to).is_some();
        let key = format!("{} to {}", bridge.from, bridge.to);
        bridges.push(bridge);
        row.once(twice, &key)
    });
    bridges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bridges_are_found_from_both_ends_and_wrong_ones_are_named() {
        let rows = "a,b,12,24,\"School, then an exam.\",s\na,c,0,0,Nothing.,s\nb,c,24,12,x,s\na,a,1,1,x,s\na,b,1,1,x,s\n";
        let mut problems = Vec::new();
        let bridges = read(
            "bridges.csv",
            &format!("{}\n{rows}", BRIDGES.1.join(",")),
            &mut problems,
        );
        let slug = |text: &str| Slug::parse(text).expect("a slug");
        assert_eq!(
            between(&bridges, &slug("a"), &slug("b")).map(|bridge| (
                bridge.least,
                bridge.usual,
                bridge.line
            )),
            Some((12, 24, 2))
        );
        assert_eq!(from(&bridges, &slug("a")).len(), 3);
        assert_eq!(to(&bridges, &slug("c")).len(), 1);
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(problems.len(), 3, "{problems:?}");
        for (problem, expected) in problems.iter().zip([
            ":4: usual 12 is below least 24",
            ":5: a bridge from a to itself",
            ":6: second row for a to b",
        ]) {
            assert!(problem.contains(expected), "{problem}");
        }
    }
}
