//! Compacts between states: agreements by which a license of one state lets its holder work in others.
//!
//! `knowledge/compacts.yaml` names them, `data/compacts.csv` says which state has joined which. A compact without rows of states
//! is named only, with where to look. Knows nothing of what else a state asks for.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use crate::knowledge::front_matter::Fields;
use crate::knowledge::names::Slug;
use crate::knowledge::problem::Problem;
use crate::knowledge::sources::{SourceId, Sources, blocks};
use crate::knowledge::states::State;
use crate::knowledge::table::read as read_table;
use crate::knowledge::terms::vocabulary;

vocabulary! {
    /// How far a state is with a compact.
    Standing {
        /// Licenses of the compact are given and hold.
        InForce = "in-force",
        /// The law is passed, and nothing is given yet.
        Enacted = "enacted",
        /// A bill is before the legislature.
        Introduced = "introduced",
    }
}

/// A state's place in a compact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// How far the state is.
    pub standing: Standing,
    /// Since when, where that is known.
    pub since: Option<Date>,
    /// What else there is to say, as a clause; may be empty.
    pub note: String,
}

/// A compact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compact {
    /// Name in the tables.
    pub key: String,
    /// Full name.
    pub name: String,
    /// Slugs of the roles that it covers.
    pub roles: Vec<Slug>,
    /// What it gives, in one or two sentences.
    pub gives: String,
    /// What to be careful about, in one sentence; may be empty.
    pub caution: String,
    /// Where its publisher keeps the list of states; may be empty.
    pub look: String,
    /// Source of the rows of states; `None` where there are none.
    pub source: Option<SourceId>,
    /// States by standing; a state without a row has not joined, as far as the source tells.
    pub states: BTreeMap<State, Membership>,
    /// Line in the file.
    pub line: usize,
}

/// All compacts, in the order of the file.
pub type Compacts = Vec<Compact>;

/// The compacts that cover a role, by its slug.
pub fn of_role<'a>(compacts: &'a [Compact], role: &Slug) -> Vec<&'a Compact> {
    compacts
        .iter()
        .filter(|compact| compact.roles.contains(role))
        .collect()
}

const KEYS: &[&str] = &["name", "roles", "gives", "caution", "look", "source"];

/// File name and header of the rows of states, below `knowledge/data/`.
pub const COMPACTS: (&str, &[&str]) = (
    "compacts.csv",
    &["compact", "state", "standing", "since", "note"],
);

/// Reads `compacts.yaml`: a mapping from keys to blocks, each indented by two spaces.
pub(crate) fn read(
    file: &str,
    text: &str,
    sources: &Sources,
    problems: &mut Vec<Problem>,
) -> Compacts {
    let mut compacts: Compacts = Vec::new();
    for (key, line, block) in blocks(text) {
        let Some(mut fields) = Fields::parse(file, &block, line + 1, KEYS, problems) else {
            continue;
        };
        let mut optional = |key: &str| {
            if fields.has(key) {
                fields.text(key)
            } else {
                String::new()
            }
        };
        let (caution, look, source) = (optional("caution"), optional("look"), optional("source"));
        let compact = Compact {
            key: key.to_owned(),
            name: fields.text("name"),
            roles: fields.slugs("roles"),
            gives: fields.text("gives"),
            caution,
            look,
            source: (!source.is_empty()).then_some(SourceId(source)),
            states: BTreeMap::new(),
            line,
        };
        if let Some(id) = compact
            .source
            .as_ref()
            .filter(|id| !sources.contains_key(id))
        {
            fields.problem(
                "source",
                format!("unknown source \"{id}\""),
                "name a key of sources.yaml".to_owned(),
            );
        }
        if !compact.look.is_empty() && !compact.look.starts_with("https://") {
            fields.problem(
                "look",
                format!("\"{}\" is no address", compact.look),
                "write it as https://...".to_owned(),
            );
        }
        if compacts.iter().any(|other| other.key == key) {
            problems.push(Problem::new(
                file,
                line,
                format!("compact \"{key}\" stands twice"),
                "remove one",
            ));
        }
        compacts.push(compact);
    }
    compacts
}

/// Reads `compacts.csv` into the compacts that it names.
pub(crate) fn read_states(
    compacts: &mut Compacts,
    file: &str,
    text: &str,
    problems: &mut Vec<Problem>,
) {
    let places: HashMap<String, usize> = compacts
        .iter()
        .enumerate()
        .map(|(place, compact)| (compact.key.clone(), place))
        .collect();
    read_table(file, text, COMPACTS.1, problems, |row| {
        let key = row.text("compact")?;
        let compact = places
            .get(key)
            .and_then(|place| compacts.get_mut(*place))
            .ok_or_else(|| format!("unknown compact \"{key}\": add it to compacts.yaml"))?;
        if compact.source.is_none() {
            return Err(format!(
                "compact \"{key}\" has no source: name one in compacts.yaml"
            ));
        }
        let state = row.state("state")?;
        let standing = row.text("standing")?;
        let standing = Standing::parse(standing).ok_or_else(|| {
            format!(
                "standing cannot be \"{standing}\": write one of {}",
                Standing::WORDS.join(", ")
            )
        })?;
        let since = match row.raw("since") {
            "" => None,
            day => Some(
                day.parse::<Date>()
                    .map_err(|_| format!("since cannot be \"{day}\": write it as 2026-01-31"))?,
            ),
        };
        let membership = Membership {
            standing,
            since,
            note: row.raw("note").to_owned(),
        };
        row.once(
            compact.states.insert(state, membership).is_some(),
            &format!("{key} in {}", state.code()),
        )
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "nlc:\n  name: Nurse Licensure Compact\n  roles: [registered-nurse]\n  gives: One license.\n  look: https://www.nursecompact.com/\n  source: s\nother:\n  name: Another\n  roles: []\n  gives: More.\n";

    fn read_all(text: &str, rows: &str) -> (Compacts, Vec<String>) {
        let mut problems = Vec::new();
        let source = "s:\n  publisher: a\n  title: b\n  release: c\n  period: d\n  date: undated\n  url: none\n  license: e\n  short: g\n  attribution: f\n";
        let sources = crate::knowledge::sources::read("sources.yaml", source, &mut problems);
        let mut compacts = read("compacts.yaml", text, &sources, &mut problems);
        read_states(
            &mut compacts,
            "compacts.csv",
            &format!("{}\n{rows}", COMPACTS.1.join(",")),
            &mut problems,
        );
        (compacts, problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_state_stands_in_a_compact_since_a_day() {
        let (compacts, problems) = read_all(
            TEXT,
            "nlc,AZ,in-force,2018-01-19,\nnlc,CT,enacted,,begins later\n",
        );
        assert_eq!(problems, Vec::<String>::new());
        let state =
            |code: &str| State::from_code(code).and_then(|state| compacts[0].states.get(&state));
        assert_eq!(
            state("AZ").and_then(|found| found.since),
            Some(jiff::civil::date(2018, 1, 19))
        );
        assert_eq!(
            state("CT").map(|found| found.standing),
            Some(Standing::Enacted)
        );
        assert_eq!(state("CA"), None);
        let nurse = Slug::parse("registered-nurse").expect("a slug");
        assert_eq!(of_role(&compacts, &nurse).len(), 1);
    }

    #[test]
    fn wrong_rows_and_blocks_are_named() {
        let text = TEXT
            .replace("source: s", "source: x")
            .replace("https", "http");
        let (_, problems) = read_all(
            &text,
            "nlc,AZ,joined,,\nxyz,AZ,enacted,,\nother,AZ,enacted,,\nnlc,AZ,enacted,soon,\n",
        );
        for expected in [
            "compacts.csv:2: standing cannot be \"joined\"",
            "compacts.csv:3: unknown compact \"xyz\"",
            "compacts.csv:4: compact \"other\" has no source",
            "compacts.csv:5: since cannot be \"soon\"",
            "compacts.yaml:5: \"http://www.nursecompact.com/\" is no address",
            "compacts.yaml:6: unknown source \"x\"",
        ] {
            assert!(
                problems.iter().any(|problem| problem.starts_with(expected)),
                "{expected} in {problems:#?}"
            );
        }
    }
}
