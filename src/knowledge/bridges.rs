//! Steps from one role, or from a start such as a degree, to the next role, with how long they take: `data/bridges.csv`.
//!
//! A row from a role to itself completes a degree without leaving the role. Knows roles and starts by their slugs; whether they
//! exist is `link`'s to say, whether their order is possible `check`'s.

use crate::knowledge::names::Slug;
use crate::knowledge::problem::Problem;
use crate::knowledge::sources::SourceId;
use crate::knowledge::starts::level;
use crate::knowledge::table::read as read_table;
use crate::knowledge::terms::{Education, vocabulary};

vocabulary! {
    /// What a step consists of.
    StepKind {
        /// Training by the employer, or experience.
        OnTheJob = "on-the-job",
        /// A course of weeks or some months.
        Course = "course",
        /// A certificate program.
        Certificate = "certificate",
        /// A program for people with a license, which ends in an associate's degree or more.
        Bridge = "bridge",
        /// An associate's degree.
        Associate = "associate",
        /// A bachelor's degree.
        Bachelor = "bachelor",
        /// A master's degree.
        Master = "master",
        /// A doctoral or professional degree.
        Doctoral = "doctoral",
    }
}

impl StepKind {
    /// The level of schooling that it leads to; training at work and short courses lead to none above high school.
    pub fn level(self) -> Education {
        match self {
            Self::OnTheJob | Self::Course => Education::HighSchool,
            Self::Certificate => Education::Award,
            Self::Bridge | Self::Associate => Education::Associate,
            Self::Bachelor => Education::Bachelor,
            Self::Master => Education::Master,
            Self::Doctoral => Education::Doctoral,
        }
    }
}

/// A step from a role or a start to a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bridge {
    /// The role that one has, or a start of `starts.csv`.
    pub from: Slug,
    /// The role that one wants.
    pub to: Slug,
    /// What it consists of.
    pub kind: StepKind,
    /// The level of schooling that it asks for before it begins; none where it asks for no more than high school.
    pub schooling: Option<Education>,
    /// Months of the shortest usual way.
    pub least: u16,
    /// Months of the usual way; at least `least`.
    pub usual: u16,
    /// What it consists of, in one or two sentences.
    pub how: String,
    /// What is kept of what one has, a sentence; empty where nothing is.
    pub kept: String,
    /// What may stand in the way, a sentence; may be empty.
    pub caution: String,
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
    &[
        "from",
        "to",
        "kind",
        "schooling",
        "least",
        "usual",
        "how",
        "kept",
        "caution",
        "source",
    ],
);

/// The bridges between two roles, by their slugs, in the order of the file.
pub fn between<'a>(bridges: &'a [Bridge], from: &Slug, to: &Slug) -> Vec<&'a Bridge> {
    bridges
        .iter()
        .filter(|bridge| bridge.from == *from && bridge.to == *to)
        .collect()
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
        let kind = row.text("kind")?;
        let bridge = Bridge {
            from: slug("from")?,
            to: slug("to")?,
            kind: StepKind::parse(kind).ok_or_else(|| {
                format!(
                    "unknown kind \"{kind}\": one of {}",
                    StepKind::WORDS.join(", ")
                )
            })?,
            schooling: match row.raw("schooling") {
                "" => None,
                text => Some(level(text)?),
            },
            least: months("least")?,
            usual: months("usual")?,
            how: row.text("how")?.to_owned(),
            kept: row.raw("kept").to_owned(),
            caution: row.raw("caution").to_owned(),
            source: row.source()?,
            line: row.line(),
        };
        if bridge.usual < bridge.least {
            return Err(format!(
                "usual {} is below least {}",
                bridge.usual, bridge.least
            ));
        }
        if bridge.from == bridge.to && bridge.kind != StepKind::Bachelor {
            return Err(format!(
                "a bridge from {} to itself: only the completion of a bachelor's degree stays in the role",
                bridge.from
            ));
        }
        let twice = bridges.iter().any(|other: &Bridge| {
            (&other.from, &other.to, other.kind) == (&bridge.from, &bridge.to, bridge.kind)
        });
        let key = format!("{} to {} by {kind}", bridge.from, bridge.to);
        bridges.push(bridge);
        row.once(twice, &key)
    });
    bridges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bridges_are_found_and_wrong_ones_are_named() {
        let rows = "a,b,associate,,12,24,\"School, then an exam.\",,,s\na,c,on-the-job,bachelor,0,0,Nothing.,It.,,s\nb,c,course,,24,12,x,,,s\na,a,course,,1,1,x,,,s\na,b,associate,,1,1,x,,,s\na,d,walk,,1,1,x,,,s\na,d,course,much,1,1,x,,,s\na,b,bachelor,,48,48,Four years.,,,s\n";
        let mut problems = Vec::new();
        let bridges = read(
            "bridges.csv",
            &format!("{}\n{rows}", BRIDGES.1.join(",")),
            &mut problems,
        );
        let slug = |text: &str| Slug::parse(text).expect("a slug");
        let found = between(&bridges, &slug("a"), &slug("b"));
        assert_eq!(
            found
                .first()
                .map(|bridge| (bridge.least, bridge.usual, bridge.line)),
            Some((12, 24, 2))
        );
        assert_eq!(
            found.last().map(|bridge| bridge.kind),
            Some(StepKind::Bachelor)
        );
        assert_eq!(
            between(&bridges, &slug("a"), &slug("c"))[0].schooling,
            Some(Education::Bachelor)
        );
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(problems.len(), 5, "{problems:?}");
        for (problem, expected) in problems.iter().zip([
            ":4: usual 12 is below least 24",
            ":5: a bridge from a to itself",
            ":6: second row for a to b by associate",
            ":7: unknown kind \"walk\"",
            ":8: unknown schooling \"much\"",
        ]) {
            assert!(problem.contains(expected), "{problem}");
        }
    }
}
