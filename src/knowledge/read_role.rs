//! A role file as data, links still by name.
//!
//! Knows the keys of a role; linking is `load`'s business.

use jiff::civil::Date;

use crate::knowledge::front_matter::{self, Fields};
use crate::knowledge::markdown;
use crate::knowledge::model::{Length, ROLE_SECTIONS, Section};
use crate::knowledge::names::{Slug, SocCode};
use crate::knowledge::problem::Problem;
use crate::knowledge::terms::{Contact, FigureMatch, Interest, License, Remote, Trait};

/// The keys of a role's front matter. All are needed but `handbook`.
pub const KEYS: &[&str] = &[
    "title",
    "plural",
    "soc",
    "figures",
    "group",
    "onet",
    "handbook",
    "abbreviations",
    "aliases",
    "summary",
    "remote",
    "remote_note",
    "license",
    "license_note",
    "length_least",
    "length_usual",
    "length_note",
    "contact",
    "traits",
    "interests",
    "skills",
    "knowledge_areas",
    "tools",
    "trends",
    "related",
    "next",
    "sources",
    "reviewed",
];

/// A role as its file states it.
#[derive(Debug)]
pub struct RawRole {
    pub(crate) file: String,
    pub(crate) slug: Slug,
    pub(crate) title: String,
    pub(crate) plural: String,
    pub(crate) soc: SocCode,
    pub(crate) figures: FigureMatch,
    pub(crate) group: String,
    pub(crate) onet: String,
    pub(crate) handbook: Option<String>,
    pub(crate) abbreviations: Vec<String>,
    pub(crate) aliases: Vec<String>,
    pub(crate) summary: String,
    pub(crate) remote: Remote,
    pub(crate) remote_note: String,
    pub(crate) license: License,
    pub(crate) license_note: String,
    pub(crate) length: Length,
    pub(crate) contact: Contact,
    pub(crate) traits: Vec<Trait>,
    pub(crate) interests: Vec<Interest>,
    pub(crate) skills: Vec<String>,
    pub(crate) knowledge_areas: Vec<String>,
    pub(crate) tools: Vec<String>,
    pub(crate) trends: Vec<(Slug, String)>,
    pub(crate) related: Vec<Slug>,
    pub(crate) next: Vec<Slug>,
    pub(crate) sources: Vec<String>,
    pub(crate) reviewed: Date,
    pub(crate) sections: Vec<Section>,
    pub(crate) lines: Lines,
}

/// Lines of the keys that hold links, for problems found later.
#[derive(Debug, Clone, Copy)]
pub struct Lines {
    pub(crate) soc: usize,
    pub(crate) trends: usize,
    pub(crate) related: usize,
    pub(crate) next: usize,
    pub(crate) sources: usize,
}

/// Reads one role file. `None` when a key that everything rests on is wrong; each mistake is a problem.
pub fn read(file: &str, slug: Slug, text: &str, problems: &mut Vec<Problem>) -> Option<RawRole> {
    let split = front_matter::split(file, text, problems)?;
    let sections = markdown::sections(file, split.body, split.body_line, ROLE_SECTIONS, problems);
    let mut fields = Fields::parse(file, split.yaml, 2, KEYS, problems)?;

    let title = fields.text("title");
    let plural = fields.text("plural");
    let soc = fields.parsed("soc", "29-1141", SocCode::parse);
    let figures = fields.word("figures", FigureMatch::WORDS, FigureMatch::parse);
    let group = fields.text("group");
    let onet = fields.parsed("onet", "29-1141.00", onet_code);
    let handbook = if fields.has("handbook") {
        fields.parsed("handbook", "https://www.bls.gov/ooh/...", handbook_page)
    } else {
        None
    };
    let abbreviations = fields.list("abbreviations");
    let aliases = fields.list("aliases");
    let summary = fields.text("summary");
    let remote = fields.word("remote", Remote::WORDS, Remote::parse);
    let remote_note = fields.text("remote_note");
    let license = fields.word("license", License::WORDS, License::parse);
    let license_note = fields.text("license_note");
    let length = length(&mut fields);
    let contact = fields.word("contact", Contact::WORDS, Contact::parse);
    let traits = fields.words("traits", Trait::WORDS, Trait::parse);
    let interests = fields.parsed(
        "interests",
        "the letters of R I A S E C, strongest first, such as SIC",
        letters,
    );
    let skills = fields.list("skills");
    let knowledge_areas = fields.list("knowledge_areas");
    let tools = fields.list("tools");
    let touches = fields.pairs("trends", "trend", "how");
    let related = fields.slugs("related");
    let next = fields.slugs("next");
    let sources = fields.list("sources");
    let reviewed = fields.parsed("reviewed", "2026-11-22", |text| text.parse::<Date>().ok());
    let mut trends = Vec::new();
    for (trend, how) in touches {
        match Slug::parse(&trend) {
            Some(trend) => trends.push((trend, how)),
            None => fields.problem(
                "trends",
                format!("\"{trend}\" is not a slug"),
                "write a trend's file name without its number".to_owned(),
            ),
        }
    }
    if skills.is_empty() && fields.has("skills") {
        fields.problem(
            "skills",
            "\"skills\" is empty".to_owned(),
            "name at least one".to_owned(),
        );
    }
    let lines = Lines {
        soc: fields.line_of("soc"),
        trends: fields.line_of("trends"),
        related: fields.line_of("related"),
        next: fields.line_of("next"),
        sources: fields.line_of("sources"),
    };

    Some(RawRole {
        file: file.to_owned(),
        slug,
        title,
        plural,
        soc: soc?,
        figures: figures?,
        group,
        onet: onet?,
        handbook,
        abbreviations,
        aliases,
        summary,
        remote: remote?,
        remote_note,
        license: license?,
        license_note,
        length: length?,
        contact: contact?,
        traits,
        interests: interests?,
        skills,
        knowledge_areas,
        tools,
        trends,
        related,
        next,
        sources,
        reviewed: reviewed?,
        sections,
        lines,
    })
}

/// The keys of the length.
const LENGTH: [&str; 3] = ["length_least", "length_usual", "length_note"];
/// Months that no way into a role takes.
const LONGEST: u16 = 240;

fn length(fields: &mut Fields<'_>) -> Option<Length> {
    let form = "whole months from 0 to 240, such as 24";
    let [least, usual] = [LENGTH[0], LENGTH[1]].map(|key| {
        fields.parsed(key, form, |text| {
            text.parse::<u16>().ok().filter(|months| *months <= LONGEST)
        })
    });
    let note = fields.text(LENGTH[2]);
    let (least, usual) = (least?, usual?);
    if usual < least {
        let what = format!("length_usual {usual} is below length_least {least}");
        fields.problem(
            LENGTH[1],
            what,
            "the usual way is at least as long as the shortest one".to_owned(),
        );
        return None;
    }
    Some(Length { least, usual, note })
}

fn letters(text: &str) -> Option<Vec<Interest>> {
    let mut interests = Vec::new();
    for letter in text.chars() {
        let interest = Interest::parse(letter.encode_utf8(&mut [0; 4]))?;
        if interests.contains(&interest) {
            return None;
        }
        interests.push(interest);
    }
    (!interests.is_empty()).then_some(interests)
}

fn onet_code(text: &str) -> Option<String> {
    let (soc, extension) = text.split_once('.')?;
    let fits = SocCode::parse(soc).is_some()
        && extension.len() == 2
        && extension.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| text.to_owned())
}

fn handbook_page(text: &str) -> Option<String> {
    text.starts_with("https://www.bls.gov/ooh/")
        .then(|| text.to_owned())
}
