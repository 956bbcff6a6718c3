//! Where somebody may start who has no role of the knowledge (`data/starts.csv`), and which roles ask for another role first
//! (`data/prerequisites.csv`).
//!
//! Knows roles by their slugs; whether they exist is `link`'s to say.

use crate::knowledge::names::Slug;
use crate::knowledge::problem::Problem;
use crate::knowledge::sources::SourceId;
use crate::knowledge::table::{Row, read as read_table};
use crate::knowledge::terms::Education;

/// The start that everybody with a diploma has (`data/starts.csv`).
pub const HIGH_SCHOOL: &str = "high-school";

/// A start: a place in [`Knowledge::starts`](crate::knowledge::Knowledge); valid for the knowledge it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StartId(pub u8);

/// Schooling or training that somebody brings instead of a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// Name in the tables.
    pub slug: Slug,
    /// As it stands behind "from".
    pub name: String,
    /// The schooling that it stands for.
    pub level: Education,
    /// A start whose steps are open from here, too.
    pub includes: Option<Slug>,
    /// A role whose steps are open from here, because its certification is held.
    pub holds: Option<Slug>,
    /// Words by which people mean it, lower case.
    pub words: Vec<String>,
    /// Source.
    pub source: SourceId,
    /// Line in the file.
    pub line: usize,
}

/// All starts, in the order of the file.
pub type Starts = Vec<Start>;

/// That a role asks for another one first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prerequisite {
    /// The role.
    pub role: Slug,
    /// One of these comes first.
    pub any: Vec<Slug>,
    /// Why, a sentence.
    pub why: String,
    /// Source.
    pub source: SourceId,
    /// Line in the file.
    pub line: usize,
}

/// All prerequisites, in the order of the file.
pub type Prerequisites = Vec<Prerequisite>;

/// File name and header, below `knowledge/data/`.
pub const STARTS: (&str, &[&str]) = (
    "starts.csv",
    &[
        "start",
        "name",
        "schooling",
        "includes",
        "holds",
        "words",
        "source",
    ],
);
/// See [`STARTS`].
pub const PREREQUISITES: (&str, &[&str]) = ("prerequisites.csv", &["role", "any", "why", "source"]);

/// Levels of schooling as the tables of steps name them.
const LEVELS: &[(&str, Education)] = &[
    ("none", Education::NoCredential),
    ("high-school", Education::HighSchool),
    ("certificate", Education::Award),
    ("associate", Education::Associate),
    ("bachelor", Education::Bachelor),
    ("master", Education::Master),
    ("doctoral", Education::Doctoral),
];

/// The level of that name.
///
/// # Errors
/// What it may be, where there is none.
pub(crate) fn level(text: &str) -> Result<Education, String> {
    let found = LEVELS.iter().find(|(name, _)| *name == text);
    found.map(|(_, level)| *level).ok_or_else(|| {
        let names: Vec<&str> = LEVELS.iter().map(|(name, _)| *name).collect();
        format!("unknown schooling \"{text}\": one of {}", names.join(", "))
    })
}

fn slug(text: &str, column: &str) -> Result<Slug, String> {
    Slug::parse(text).ok_or_else(|| {
        format!("{column} \"{text}\" is not a slug: write lower-case words joined by hyphens")
    })
}

fn optional(row: &Row<'_>, column: &str) -> Result<Option<Slug>, String> {
    match row.raw(column) {
        "" => Ok(None),
        text => slug(text, column).map(Some),
    }
}

fn list(text: &str) -> impl Iterator<Item = String> {
    text.split(';')
        .map(|word| word.trim().to_lowercase())
        .filter(|word| !word.is_empty())
}

/// Reads `starts.csv`. A start may include one that stands before it only, so that none includes itself.
pub(crate) fn read(file: &str, text: &str, problems: &mut Vec<Problem>) -> Starts {
    let mut starts = Starts::new();
    read_table(file, text, STARTS.1, problems, |row| {
        let start = Start {
            slug: slug(row.text("start")?, "start")?,
            name: row.text("name")?.to_owned(),
            level: level(row.text("schooling")?)?,
            includes: optional(row, "includes")?,
            holds: optional(row, "holds")?,
            words: list(row.text("words")?).collect(),
            source: row.source()?,
            line: row.line(),
        };
        if let Some(other) = &start.includes
            && !starts.iter().any(|known: &Start| known.slug == *other)
        {
            return Err(format!(
                "{} includes {other}, which does not stand above it",
                start.slug
            ));
        }
        if let Some((word, other)) = start.words.iter().find_map(|word| {
            starts
                .iter()
                .find(|other| other.words.contains(word))
                .map(|other| (word, &other.slug))
        }) {
            return Err(format!(
                "\"{word}\" means {other} already: keep it with one of the two"
            ));
        }
        let twice = starts.iter().any(|known| known.slug == start.slug);
        let key = start.slug.to_string();
        starts.push(start);
        row.once(twice, &key)
    });
    starts
}

/// Reads `prerequisites.csv`.
pub(crate) fn read_prerequisites(
    file: &str,
    text: &str,
    problems: &mut Vec<Problem>,
) -> Prerequisites {
    let mut all = Prerequisites::new();
    read_table(file, text, PREREQUISITES.1, problems, |row| {
        let any: Result<Vec<Slug>, String> = list(row.text("any")?)
            .map(|text| slug(&text, "any"))
            .collect();
        let one = Prerequisite {
            role: slug(row.text("role")?, "role")?,
            any: any?,
            why: row.text("why")?.to_owned(),
            source: row.source()?,
            line: row.line(),
        };
        if one.any.contains(&one.role) {
            return Err(format!("{} asks for itself", one.role));
        }
        let twice = all
            .iter()
            .any(|known: &Prerequisite| known.role == one.role);
        let key = one.role.to_string();
        all.push(one);
        row.once(twice, &key)
    });
    all
}

/// What a role asks for first; none where it can be entered from school.
pub fn asked_first<'a>(all: &'a [Prerequisite], role: &Slug) -> Option<&'a Prerequisite> {
    all.iter().find(|one| one.role == *role)
}

/// Whether a step between two roles, by their slugs, can be: `to` asks for nothing first, for `from`, or for what `from` has had
/// to have already.
pub fn possible(all: &[Prerequisite], from: &Slug, to: &Slug) -> bool {
    let Some(asked) = asked_first(all, to) else {
        return true;
    };
    asked.any.contains(from)
        || asked_first(all, from)
            .is_some_and(|before| before.any.iter().all(|role| asked.any.contains(role)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Slug {
        Slug::parse(text).expect("a slug")
    }

    #[test]
    fn starts_are_read_and_wrong_ones_are_named() {
        let rows = "a,A,high-school,,,\"One;  Two words \",s\nb,B,bachelor,a,,three,s\nc,C,bachelor,d,,four,s\ne,E,much,,,five,s\nf,F,none,,,one,s\na,A,none,,,six,s\n";
        let mut problems = Vec::new();
        let starts = read(
            "starts.csv",
            &format!("{}\n{rows}", STARTS.1.join(",")),
            &mut problems,
        );
        assert_eq!(starts[0].words, ["one", "two words"]);
        assert_eq!(starts[1].includes, Some(parse("a")));
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(problems.len(), 4, "{problems:?}");
        for (problem, expected) in problems.iter().zip([
            ":4: c includes d, which does not stand above it",
            ":5: unknown schooling \"much\"",
            ":6: \"one\" means a already",
            ":7: second row for a",
        ]) {
            assert!(problem.contains(expected), "{problem}");
        }
    }

    #[test]
    fn a_step_is_possible_from_what_is_asked_first_or_from_who_has_had_it() {
        let rows = "np,rn,Why.,s\npsych,rn,Why.,s\nboth,rn;lab,Why.,s\nx,x,Why.,s\n";
        let mut problems = Vec::new();
        let all = read_prerequisites(
            "p.csv",
            &format!("{}\n{rows}", PREREQUISITES.1.join(",")),
            &mut problems,
        );
        assert_eq!(problems.len(), 1, "{problems:?}");
        for (from, to, expected) in [
            ("rn", "np", true),
            ("np", "psych", true),
            ("np", "both", true),
            ("both", "np", false),
            ("aide", "np", false),
            ("aide", "rn", true),
        ] {
            assert_eq!(
                possible(&all, &parse(from), &parse(to)),
                expected,
                "{from} {to}"
            );
        }
    }
}
