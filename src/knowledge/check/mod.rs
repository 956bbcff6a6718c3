//! What `load` lets pass and an author should still mend: a table of named checks over the knowledge files.
//!
//! Every check sees everything and reports everything; none stops another. Knows nothing of how a report is shown.

mod extras;
mod language;
mod length;
mod links;
mod material;
mod names;
mod official;
pub mod page;
mod prose;
pub mod reading;
mod stale;
mod steps;

use crate::knowledge::files::Files;
use crate::knowledge::load::load;
use crate::knowledge::problem::Problem;
pub use material::{Material, Stale};
pub(crate) use prose::boilerplate_in;
use reading::Reading;
pub use stale::days_between;

/// One check.
pub struct Check {
    /// Name, as it stands beside each problem.
    pub name: &'static str,
    /// What it asks for, in one line.
    pub what: &'static str,
    run: fn(&Material<'_>) -> Vec<Problem>,
}

/// The name under which the problems of loading are reported.
pub const LOAD: &str = "load";

/// Every check, in the order in which they run.
pub const CHECKS: &[Check] = &[
    Check {
        name: "pay",
        what: "each role has a median wage, exact or top-coded",
        run: links::pay,
    },
    Check {
        name: "figure-source",
        what: "each role names the sources of its figures",
        run: links::figure_sources,
    },
    Check {
        name: "unused-figures",
        what: "each row of the figures belongs to a role",
        run: links::unused_figures,
    },
    Check {
        name: "unused-source",
        what: "something rests on each source that is listed for roles and trends",
        run: links::unused_sources,
    },
    Check {
        name: "dead-link",
        what: "links inside the text lead somewhere",
        run: links::dead_links,
    },
    Check {
        name: "alias",
        what: "each name means one role or trend, and stands in one place",
        run: names::aliases,
    },
    Check {
        name: "abbreviation",
        what: "each abbreviation means one role; shared ones stand in the glossary",
        run: names::abbreviations,
    },
    Check {
        name: "official-title",
        what: "no name of a role is the official title of another occupation",
        run: official::titles,
    },
    Check {
        name: "unknown-title",
        what: "each official title is the name of a role or of a job outside",
        run: official::unknown,
    },
    Check {
        name: "boilerplate",
        what: "no comment form or site furniture has come along from a web page",
        run: prose::boilerplate,
    },
    Check {
        name: "british-word",
        what: "the text is American English",
        run: prose::british,
    },
    Check {
        name: "long-sentence",
        what: "sentences have at most 40 words",
        run: prose::long_sentences,
    },
    Check {
        name: "quotation",
        what: "a trend quotes at most two sentences",
        run: prose::quotations,
    },
    Check {
        name: "figure-in-prose",
        what: "the text holds no figure: figures stand in data/",
        run: prose::figures,
    },
    Check {
        name: "repeated-sentence",
        what: "no sentence stands in two files",
        run: prose::repeated,
    },
    Check {
        name: "short-section",
        what: "sections have at least 15 words",
        run: length::short_sections,
    },
    Check {
        name: "examples",
        what: "labelled examples can be read, stand once, and are enough for each label",
        run: language::examples,
    },
    Check {
        name: "weights",
        what: "the weights belong to the examples",
        run: language::weights,
    },
    Check {
        name: "file-length",
        what: "roles have 250 to 700 words, trends 300 to 700",
        run: length::files,
    },
    Check {
        name: "definition",
        what: "each definition is a sentence or two",
        run: extras::definitions,
    },
    Check {
        name: "bridge",
        what: "each step says what it consists of, none skips a license, every role can be reached",
        run: steps::steps,
    },
    Check {
        name: "compact",
        what: "each compact has its states, or says where to look",
        run: extras::compacts,
    },
    Check {
        name: "place",
        what: "each area and each kind of workplace has figures",
        run: extras::places,
    },
    Check {
        name: "stale",
        what: "files were reviewed within the days asked for",
        run: stale::stale,
    },
];

/// A problem and the check that found it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Where, what and what to do.
    pub problem: Problem,
    /// Name of the check, or [`LOAD`].
    pub check: &'static str,
}

/// What came of checking.
#[derive(Debug)]
pub struct Report {
    /// Role and trend files looked at.
    pub files: usize,
    /// All problems, by file and line.
    pub found: Vec<Found>,
    /// Reading level of each role and trend, hardest first. A report, not a judgment.
    pub reading: Vec<Reading>,
}

/// Runs every check. `unread` are problems met while the files were read.
pub fn check(files: &Files, unread: Vec<Problem>, stale: Option<Stale>) -> Report {
    let (knowledge, refused) = match load(files) {
        Ok(knowledge) => (Some(knowledge), Vec::new()),
        Err(problems) => (None, problems),
    };
    let material = Material {
        files,
        pages: page::all(files),
        knowledge: knowledge.as_ref(),
        stale,
    };
    let mut found: Vec<Found> = unread
        .into_iter()
        .chain(refused)
        .map(|problem| Found {
            problem,
            check: LOAD,
        })
        .collect();
    for check in CHECKS {
        found.extend((check.run)(&material).into_iter().map(|problem| Found {
            problem,
            check: check.name,
        }));
    }
    found.sort();
    found.dedup();
    Report {
        files: material.pages.len(),
        found,
        reading: reading::levels(&material.pages),
    }
}
