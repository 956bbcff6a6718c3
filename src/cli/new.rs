//! `careerbot new`: a complete file for a role or trend that explains each key.
//!
//! Writes what `knowledge` reads; a test holds the two together. Never writes over a file.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use jiff::civil::Date;

use crate::cli::failure::Failure;
use crate::cli::io::Io;
use crate::cli::open::{Place, today};
use crate::cli::wrap;
use crate::config::Config;
use crate::knowledge::Slug;
use crate::knowledge::model::{ROLE_SECTIONS, TREND_SECTIONS};
use crate::knowledge::terms::{Contact, FigureMatch, License, Remote, Trait};

/// What to begin.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What the file describes
    kind: Kind,
    /// Its name in links, such as registered-nurse
    slug: String,
}

/// What a file describes.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum Kind {
    /// A role
    Role,
    /// A trend
    Trend,
}

/// Writes the skeleton into the knowledge folder.
pub fn run(args: &Args, config: &Config, io: &mut Io<'_>) -> Result<(), Failure> {
    let place = Place::of_knowledge(config);
    let folder = place.folder()?;
    let slug = Slug::parse(&args.slug).ok_or_else(|| {
        Failure::Usage(format!(
            "\"{}\" is not a slug: write lower-case words joined by hyphens, such as registered-nurse",
            args.slug
        ))
    })?;
    let file = match args.kind {
        Kind::Role => {
            free(folder, &slug)?;
            let file = folder.join(format!("roles/{slug}.md"));
            write(&file, &role(&slug, today()))?;
            file
        }
        Kind::Trend => begin_trend(folder, &slug, today(), &Begun::default())?,
    };
    writeln!(
        io.out,
        "{} is ready to be filled in; careerbot check says what is left to do",
        file.display()
    )?;
    Ok(())
}

/// What a trend's file begins with where an article is at hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Begun {
    /// Its title; else made of the slug.
    pub title: String,
    /// Slugs of the roles that the article names.
    pub named_roles: Vec<String>,
    /// Key of its source; else that of the article on which the shipped trends rest.
    pub source: String,
    /// What the article says, for the section of that name.
    pub article: String,
    /// What whoever writes the file has to know, a line of comment each.
    pub notes: Vec<String>,
}

/// Writes a trend's file with the next number; gives its path.
pub(crate) fn begin_trend(
    folder: &Path,
    slug: &Slug,
    today: Date,
    begun: &Begun,
) -> Result<PathBuf, Failure> {
    free(folder, slug)?;
    let number = next_number(folder);
    let file = folder.join(format!("trends/{number:02}-{slug}.md"));
    write(&file, &trend(slug, number, today, begun))?;
    Ok(file)
}

/// Refuses a slug that another file bears.
pub(crate) fn free(folder: &Path, slug: &Slug) -> Result<(), Failure> {
    match taken(folder, slug) {
        Some(file) => Err(Failure::Usage(format!("{file} is there already"))),
        None => Ok(()),
    }
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
    Ok(written.with_context(|| format!("cannot write {}", path.display()))?)
}

/// The file that bears the slug already, if there is one.
fn taken(folder: &Path, slug: &Slug) -> Option<String> {
    let role = format!("roles/{slug}.md");
    if folder.join(&role).exists() {
        return Some(role);
    }
    let end = format!("-{slug}.md");
    trend_names(folder)
        .into_iter()
        .find(|name| numbered(name).is_some_and(|(_, rest)| format!("-{rest}") == end))
        .map(|name| format!("trends/{name}"))
}

fn trend_names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder.join("trends"))
        .into_iter()
        .flatten()
        .flatten();
    entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}

fn numbered(name: &str) -> Option<(u8, &str)> {
    let (number, rest) = name.split_once('-')?;
    Some((number.parse().ok()?, rest))
}

fn next_number(folder: &Path) -> u8 {
    trend_names(folder)
        .iter()
        .filter_map(|name| numbered(name))
        .map(|(number, _)| number)
        .max()
        .unwrap_or(0)
        .saturating_add(1)
}

/// `registered-nurse` as `Registered nurse`.
fn title(slug: &Slug) -> String {
    let words = slug.as_str().replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// A role's file, with every key explained.
pub fn role(slug: &Slug, today: Date) -> String {
    let sections = sections(ROLE_SECTIONS, |heading| match heading {
        "What they do" => {
            "Two or three sentences: what people in this role do, for whom, and who else is involved."
        }
        "A usual day" => {
            "One concrete day, hour by hour or task by task. A list of four or five tasks reads well."
        }
        "Where they work" => "Kinds of employers, and what the place is like.",
        "Schedule" => {
            "Full or part time, nights, weekends, on call, length of a shift: what people ask who have a family."
        }
        "Physical demands" => {
            "Standing, lifting, blood, infections, injuries, strain on the nerves, as true for this job."
        }
        "How to become one" => {
            "Numbered steps from school to the first job, with the usual time where a source gives it."
        }
        "License or certification" => {
            "License, exam, certificate. Where rules differ by state, say so, and name whom to ask."
        }
        "Skills and tools" => {
            "The skills that decide, and the devices and programs used every day."
        }
        "Who it suits" => {
            "What somebody who likes this work is like, and who should look elsewhere."
        }
        "Remote work" => "Begin with Yes, Partly or No; then the reason.",
        _ => "Where people usually go from here, and which roles are close.",
    });
    format!(
        "---
# Singular, sentence case. And the plural as it stands inside a sentence.
title: {title}
plural: {plural}s
# Code of the Standard Occupational Classification under which BLS publishes pay; data/national.csv and
# data/projections.csv must hold it. figures is one of: {matches}. exact: the code is this role; group: it is a wider
# group that holds this role; nearest: it is a neighbor. group: whom the figures cover, plural.
soc: 29-1141
figures: nearest
group: \"registered nurses\"
# Code of O*NET, which has two more digits.
onet: 29-1141.00
# Page of the BLS Handbook. Remove the line when there is none.
handbook: https://www.bls.gov/ooh/healthcare/registered-nurses.htm
# Short forms of this role alone; [] when there are none. Shared ones stand in glossary.yaml with all readings.
abbreviations: []
# Everyday names of this role alone, lower case, singular.
aliases: []
# One sentence: what they do.
summary: >-
  Write one sentence that says what they do and for whom.
# One of: {remote}. Then why, as a clause.
remote: partly
remote_note: \"write here why\"
# One of: {license}. Then which license, exam and certificate.
license: varies
license_note: >-
  Write which license, exam or certificate is needed, and that rules differ by state where they do.
# Months of schooling and required training after high school: the shortest usual way (0 where none is needed) and the
# usual way, whole numbers. Then one sentence: what it consists of.
length_least: 0
length_usual: 0
length_note: >-
  Write one sentence that says what the time consists of.
# Contact with patients or clients, one of: {contact}.
contact: some
# What the work is like. Words that may be used:
{traits}
traits: []
# Interest types of O*NET, strongest first: R realistic, I investigative, A artistic, S social, E enterprising,
# C conventional.
interests: S
# Skills in plain words, at most 8, most important first. Then O*NET's knowledge areas, and devices and programs that
# are used every day, at most 8, in usual words.
skills: [listening closely]
knowledge_areas: []
tools: []
# Trends that touch the role, one sentence each. The trend's file must list this role in also_roles.
trends: []
#  - trend: telehealth-expansion
#    how: \"Write one sentence: how it changes this role.\"
# Slugs of other roles, closest first; then usual next steps.
related: []
next: []
# Keys of sources.yaml: those of the figures, and whatever else the text rests on.
sources: [bls-oews-2025, bls-ep-2025, onet-30-1]
# The day on which you held the file against its sources.
reviewed: {today}
---
{sections}",
        title = title(slug),
        matches = FigureMatch::WORDS.join(", "),
        remote = Remote::WORDS.join(", "),
        license = License::WORDS.join(", "),
        contact = Contact::WORDS.join(", "),
        traits = commented(&Trait::WORDS.join(", ")),
        plural = slug.as_str().replace('-', " "),
    )
}

/// A trend's file, with every key explained.
pub fn trend(slug: &Slug, number: u8, today: Date, begun: &Begun) -> String {
    let or = |given: &str, else_: &str| {
        let given = given.trim();
        if given.is_empty() {
            else_.to_owned()
        } else {
            given.to_owned()
        }
    };
    let sections = sections(TREND_SECTIONS, |heading| match heading {
        "What is changing" => {
            "Three or four sentences: what was, what is, and for whom it changes."
        }
        "Why it is happening" => "The causes: money, law, technology, people.",
        "What it means for you" => "What somebody who chooses or changes a job should do about it.",
        "Roles it creates or changes" => "A list: roles, and what becomes of each.",
        "Skills to learn" => "A list of skills that can be learned, most useful first.",
        "What to watch" => "Signals that it goes on, and signals that it stops.",
        "Cautions" => "Limits, risks, and what is not known.",
        _ => ARTICLE_HINT,
    });
    let sections = sections.replace(ARTICLE_HINT, &or(&begun.article, ARTICLE_HINT));
    let notes: String = begun
        .notes
        .iter()
        .map(|note| format!("{}\n", commented(note)))
        .collect();
    format!(
        "---
{notes}# Its place in the list of trends; no other trend may have it. The file's name begins with it.
number: {number}
# Sentence case.
title: {title}
# Everyday names, lower case, without the title itself.
aliases: []
# One sentence: what is changing.
summary: >-
  Write one sentence that says what is changing.
# Slugs of the roles that the article names; then of all others that the trend touches. Each of them must list this
# trend with one sentence.
named_roles: [{roles}]
also_roles: []
# Skills to learn, in a few words each.
skills: []
# Keys of sources.yaml.
sources: [{source}]
# The day on which you held the file against its sources.
reviewed: {today}
---
{sections}",
        title = quoted(&or(&begun.title, &title(slug))),
        roles = begun.named_roles.join(", "),
        source = or(&begun.source, "future-of-healthcare-jobs"),
    )
}

/// What stands in the last section of a trend that is begun without an article.
const ARTICLE_HINT: &str = "Only what the article claims, marked as the article's.";

/// A title as front matter has it: in quotation marks where it could be read as something else.
fn quoted(title: &str) -> String {
    let plain = title
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | ',' | '’'));
    if plain {
        return title.to_owned();
    }
    format!("\"{}\"", title.replace(['"', '\\'], "'"))
}

/// Text as comment lines of the width of the others.
fn commented(text: &str) -> String {
    let lines: Vec<String> = wrap::lines(text, 114)
        .into_iter()
        .map(|range| format!("# {}", &text[range]))
        .collect();
    lines.join("\n")
}

fn sections(headings: &[&str], hint: impl Fn(&str) -> &'static str) -> String {
    headings
        .iter()
        .map(|heading| format!("\n## {heading}\n\n{}\n", hint(heading)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::{read_role, read_trend};

    /// Every key of the skeleton is known and none is missing, so that only its content is left to write.
    #[test]
    fn skeletons_are_read_without_a_problem() {
        let slug = Slug::parse("art-therapist").expect("a slug");
        let today = "2026-11-22".parse().expect("a date");
        let mut problems = Vec::new();
        assert!(
            read_role::read("r.md", slug.clone(), &role(&slug, today), &mut problems).is_some()
        );
        assert!(
            read_trend::read(
                "t.md",
                slug.clone(),
                &trend(&slug, 11, today, &Begun::default()),
                &mut problems
            )
            .is_some()
        );
        assert_eq!(problems, []);
    }

    #[test]
    fn a_slug_becomes_a_title() {
        assert_eq!(
            title(&Slug::parse("art-therapist").expect("a slug")),
            "Art therapist"
        );
    }
}
