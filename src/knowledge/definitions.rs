//! What a term stands for and means: `knowledge/definitions.yaml`.
//!
//! A term may have several meanings (BLS is an agency and a course); each is an entry of its own. Knows nothing of roles, and
//! nothing of how a member asks.

use crate::knowledge::front_matter::Fields;
use crate::knowledge::problem::Problem;
use crate::knowledge::sources::blocks;

/// One meaning of one term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The term, as it is written.
    pub term: String,
    /// What its letters stand for; empty where it is no abbreviation.
    pub stands_for: String,
    /// What it means, in one or two sentences.
    pub means: String,
    /// Other ways to write it.
    pub also: Vec<String>,
    /// Line in the file.
    pub line: usize,
}

/// All definitions, in the order of the file: of several meanings of a term, the likeliest first.
pub type Definitions = Vec<Definition>;

/// Every meaning of a term, however it is written: case, points and hyphens do not count.
pub fn find<'a>(definitions: &'a [Definition], term: &str) -> Vec<&'a Definition> {
    let wanted = plain(term);
    let is = |text: &str| plain(text) == wanted;
    definitions
        .iter()
        .filter(|entry| {
            !wanted.is_empty()
                && (is(&entry.term)
                    || is(&entry.stands_for)
                    || entry.also.iter().any(|text| is(text)))
        })
        .collect()
}

/// A term as terms are compared.
fn plain(text: &str) -> String {
    let words: String = text
        .to_lowercase()
        .replace(['.', '*', '\'', '’'], "")
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

const KEYS: &[&str] = &["term", "stands_for", "means", "also"];

/// Reads `definitions.yaml`: a mapping from names of entries to blocks, each indented by two spaces.
pub(crate) fn read(file: &str, text: &str, problems: &mut Vec<Problem>) -> Definitions {
    let mut definitions: Definitions = Vec::new();
    let mut names: Vec<&str> = Vec::new();
    for (name, line, block) in blocks(text) {
        let Some(mut fields) = Fields::parse(file, &block, line + 1, KEYS, problems) else {
            continue;
        };
        let entry = Definition {
            term: fields.text("term"),
            stands_for: if fields.has("stands_for") {
                fields.text("stands_for")
            } else {
                String::new()
            },
            means: fields.text("means"),
            also: if fields.has("also") {
                fields.list("also")
            } else {
                Vec::new()
            },
            line,
        };
        if names.contains(&name) {
            problems.push(Problem::new(
                file,
                line,
                format!("entry \"{name}\" stands twice"),
                "give each meaning a name of its own",
            ));
        }
        names.push(name);
        let same = |other: &&Definition| {
            plain(&other.term) == plain(&entry.term)
                && plain(&other.stands_for) == plain(&entry.stands_for)
        };
        if let Some(other) = definitions.iter().find(same) {
            let what = format!(
                "\"{}\" with this meaning stands in line {} too",
                entry.term, other.line
            );
            problems.push(Problem::new(file, line, what, "merge the two"));
        }
        definitions.push(entry);
    }
    definitions
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# Terms.\nbls-agency:\n  term: BLS\n  stands_for: Bureau of Labor Statistics\n  means: An agency.\n\nbls-course:\n  term: BLS\n  stands_for: Basic Life Support\n  means: A course.\n\nnclex:\n  term: NCLEX-RN\n  means: An exam.\n  also: [NCLEX]\n";

    fn read_all(text: &str) -> (Definitions, Vec<String>) {
        let mut problems = Vec::new();
        let definitions = read("definitions.yaml", text, &mut problems);
        (
            definitions,
            problems.iter().map(ToString::to_string).collect(),
        )
    }

    #[test]
    fn a_term_leads_to_each_of_its_meanings_however_it_is_written() {
        let (definitions, problems) = read_all(TEXT);
        assert_eq!(problems, Vec::<String>::new());
        let means = |term: &str| {
            find(&definitions, term)
                .iter()
                .map(|entry| entry.means.as_str())
                .collect::<Vec<_>>()
        };
        assert_eq!(means("b.l.s."), ["An agency.", "A course."]);
        assert_eq!(means("basic life support"), ["A course."]);
        assert_eq!(means("nclex rn"), ["An exam."]);
        assert_eq!(means("NCLEX"), ["An exam."]);
        assert!(means("xyz").is_empty() && means("-").is_empty());
    }

    #[test]
    fn what_stands_twice_or_is_missing_is_named_by_its_line() {
        let (_, problems) = read_all(&format!(
            "{TEXT}\nbls-course:\n  term: BLS\n  stands_for: Basic life support\n"
        ));
        assert!(
            problems.iter().any(|problem| problem.starts_with("definitions.yaml:18: key \"means\" is missing")),
            "{problems:?}"
        );
        assert!(
            problems
                .iter()
                .any(|problem| problem.contains(":17: entry \"bls-course\" stands twice")),
            "{problems:?}"
        );
        assert!(
            problems
                .iter()
                .any(|problem| problem
                    .contains(":17: \"BLS\" with this meaning stands in line 7 too")),
            "{problems:?}"
        );
    }
}
