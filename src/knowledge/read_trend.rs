//! A trend file as data, links still by name.
//!
//! Knows the keys of a trend; linking is `load`'s business.

use jiff::civil::Date;

use crate::knowledge::front_matter::{self, Fields};
use crate::knowledge::markdown;
use crate::knowledge::model::{Section, TREND_SECTIONS};
use crate::knowledge::names::Slug;
use crate::knowledge::problem::Problem;

/// The keys of a trend's front matter. All are needed.
pub const KEYS: &[&str] = &[
    "number",
    "title",
    "aliases",
    "summary",
    "named_roles",
    "also_roles",
    "skills",
    "sources",
    "reviewed",
];

/// A trend as its file states it.
#[derive(Debug)]
pub struct RawTrend {
    pub(crate) file: String,
    pub(crate) slug: Slug,
    pub(crate) number: u8,
    pub(crate) title: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) summary: String,
    pub(crate) named_roles: Vec<Slug>,
    pub(crate) also_roles: Vec<Slug>,
    pub(crate) skills: Vec<String>,
    pub(crate) sources: Vec<String>,
    pub(crate) reviewed: Date,
    pub(crate) sections: Vec<Section>,
    pub(crate) number_line: usize,
    pub(crate) roles_lines: [usize; 2],
    pub(crate) sources_line: usize,
}

/// Reads one trend file. `None` when a key that everything rests on is wrong; each mistake is a problem.
pub fn read(file: &str, slug: Slug, text: &str, problems: &mut Vec<Problem>) -> Option<RawTrend> {
    let split = front_matter::split(file, text, problems)?;
    let sections = markdown::sections(file, split.body, split.body_line, TREND_SECTIONS, problems);
    let mut fields = Fields::parse(file, split.yaml, 2, KEYS, problems)?;

    let number = fields.parsed("number", "a whole number from 1 to 99", |text| {
        text.parse::<u8>().ok().filter(|n| (1..=99).contains(n))
    });
    let title = fields.text("title");
    let aliases = fields.list("aliases");
    let summary = fields.text("summary");
    let named_roles = fields.slugs("named_roles");
    let also_roles = fields.slugs("also_roles");
    let skills = fields.list("skills");
    let sources = fields.list("sources");
    let reviewed = fields.parsed("reviewed", "2026-11-22", |text| text.parse::<Date>().ok());
    let number_line = fields.line_of("number");
    let roles_lines = [fields.line_of("named_roles"), fields.line_of("also_roles")];
    let sources_line = fields.line_of("sources");

    Some(RawTrend {
        file: file.to_owned(),
        slug,
        number: number?,
        title,
        aliases,
        summary,
        named_roles,
        also_roles,
        skills,
        sources,
        reviewed: reviewed?,
        sections,
        number_line,
        roles_lines,
        sources_line,
    })
}
