//! What the bot knows, as plain data: roles, trends and their sections.
//!
//! Knows nothing of files, search or how an answer is worded. Figures stand apart, in `figures`.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::knowledge::bridges::Bridges;
use crate::knowledge::compacts::Compacts;
use crate::knowledge::definitions::Definitions;
use crate::knowledge::figures::Figures;
use crate::knowledge::frame::Frame;
use crate::knowledge::glossary::Glossary;
use crate::knowledge::language::{Family, Language};
use crate::knowledge::names::{Slug, SocCode};
use crate::knowledge::outside::Outside;
use crate::knowledge::programs::Programs;
use crate::knowledge::sources::{SourceId, Sources};
use crate::knowledge::starts::{Prerequisites, Start, StartId, Starts};
use crate::knowledge::terms::{Contact, FigureMatch, Interest, License, Remote, Trait};

/// The place of a role in [`Knowledge::roles`]; valid for the knowledge it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RoleId(pub u16);

/// The place of a trend in [`Knowledge::trends`]; valid for the knowledge it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TrendId(pub u16);

/// A role or a trend: what a question or an answer can be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Topic {
    /// A role.
    Role(RoleId),
    /// A trend.
    Trend(TrendId),
}

/// A section of a file: a fixed heading and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading, one of [`ROLE_SECTIONS`] or [`TREND_SECTIONS`].
    pub heading: &'static str,
    /// Plain text; paragraphs and list items stand on lines of their own, list items begin with `• ` or a number.
    pub text: String,
    /// Line of the heading in the file, counted from 1.
    pub line: usize,
}

/// The sections of a role, in their order. Every role has all of them.
pub const ROLE_SECTIONS: &[&str] = &[
    DUTIES, DAY, WORKPLACE, SCHEDULE, PHYSICAL, TRAINING, LICENSE, SKILLS, SUITS, REMOTE,
    NEXT_STEPS,
];
/// What the people of the role do.
pub const DUTIES: &str = "What they do";
/// A usual day.
pub const DAY: &str = "A usual day";
/// Where they work.
pub const WORKPLACE: &str = "Where they work";
/// Hours: full or part time, nights, weekends, on call.
pub const SCHEDULE: &str = "Schedule";
/// What the work asks of the body and of the nerves.
pub const PHYSICAL: &str = "Physical demands";
/// Steps into the role.
pub const TRAINING: &str = "How to become one";
/// License or certification.
pub const LICENSE: &str = "License or certification";
/// Skills and tools.
pub const SKILLS: &str = "Skills and tools";
/// Whom the work suits.
pub const SUITS: &str = "Who it suits";
/// Remote work.
pub const REMOTE: &str = "Remote work";
/// Related roles and usual moves.
pub const NEXT_STEPS: &str = "Next steps";

/// The sections of a trend, in their order. Every trend has all of them.
pub const TREND_SECTIONS: &[&str] = &[
    CHANGE,
    CAUSE,
    MEANING,
    TREND_ROLES,
    LEARN,
    WATCH,
    CAUTIONS,
    ARTICLE,
];
/// What is changing.
pub const CHANGE: &str = "What is changing";
/// Why it is happening.
pub const CAUSE: &str = "Why it is happening";
/// What it means for somebody who chooses or changes a job.
pub const MEANING: &str = "What it means for you";
/// Roles that the trend creates or changes.
pub const TREND_ROLES: &str = "Roles it creates or changes";
/// Skills to learn.
pub const LEARN: &str = "Skills to learn";
/// Signals to watch.
pub const WATCH: &str = "What to watch";
/// Limits and risks.
pub const CAUTIONS: &str = "Cautions";
/// The article's own claims, marked as such.
pub const ARTICLE: &str = "What the article says";

/// How a trend touches a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrendTouch {
    /// The trend.
    pub trend: TrendId,
    /// One sentence: how it touches the role.
    pub how: String,
}

/// How long it takes to enter a role: schooling and required training after high school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Length {
    /// Months of the shortest usual way; 0 where none is needed.
    pub least: u16,
    /// Months of the usual way; at least `least`.
    pub usual: u16,
    /// One sentence: what it consists of.
    pub note: String,
}

/// A role: one file of `knowledge/roles/`.
#[derive(Debug, Clone)]
pub struct Role {
    /// Name in links; the file's name.
    pub slug: Slug,
    /// Title, singular, sentence case.
    pub title: String,
    /// Title in the plural as it stands inside a sentence.
    pub plural: String,
    /// Code under which BLS publishes the figures used.
    pub soc: SocCode,
    /// How those figures relate to this role.
    pub figures: FigureMatch,
    /// The group that the figures cover, plural, as it stands inside a sentence.
    pub group: String,
    /// O*NET-SOC code, such as `29-1141.00`.
    pub onet: String,
    /// Abbreviations that mean this role, as people write them.
    pub abbreviations: Vec<String>,
    /// Everyday names of this role only, lower case, singular.
    pub aliases: Vec<String>,
    /// Titles of this role only, from O*NET (`knowledge/data/titles.csv`).
    pub titles: Vec<String>,
    /// What the role does in everyday words (`knowledge/data/descriptions.csv`): by these a member who lacks the title
    /// describes it. Never shown.
    pub descriptions: Vec<String>,
    /// One sentence: what they do.
    pub summary: String,
    /// Whether the work can be remote.
    pub remote: Remote,
    /// Why, as a clause.
    pub remote_note: String,
    /// Whether a state license is needed.
    pub license: License,
    /// Which license, exam and certificate, in one or two sentences.
    pub license_note: String,
    /// How long it takes to become one.
    pub length: Length,
    /// Contact with patients or clients.
    pub contact: Contact,
    /// What the work is like.
    pub traits: Vec<Trait>,
    /// The families that it belongs to, by its title.
    pub families: Vec<Family>,
    /// O*NET interest types, strongest first.
    pub interests: Vec<Interest>,
    /// Skills in plain words, most important first.
    pub skills: Vec<String>,
    /// O*NET knowledge areas, most important first; may be empty.
    pub knowledge_areas: Vec<String>,
    /// Devices and programs that are used every day, in usual words.
    pub tools: Vec<String>,
    /// Trends that touch the role.
    pub trends: Vec<TrendTouch>,
    /// Related roles, closest first.
    pub related: Vec<RoleId>,
    /// Usual next steps.
    pub next: Vec<RoleId>,
    /// Address of the page of the BLS Handbook that covers it, where there is one.
    pub handbook: Option<String>,
    /// Sources of the file.
    pub sources: Vec<SourceId>,
    /// When a person last held the file against its sources.
    pub reviewed: Date,
    /// All of [`ROLE_SECTIONS`], in order.
    pub sections: Vec<Section>,
}

impl Role {
    /// Title, its parts where it says "or", the plural, the slug's words and the aliases.
    pub fn names(&self) -> Vec<String> {
        let mut names = vec![
            self.title.clone(),
            self.plural.clone(),
            self.slug.as_str().replace('-', " "),
        ];
        if let Some((first, second)) = self.title.split_once(" or ") {
            names.push(second.to_owned());
            // "Wellness or health coach" is a wellness coach too; "Medical secretary or receptionist" a medical receptionist.
            match (first.split(' ').count(), second.split_once(' ')) {
                (1, Some((_, noun))) if !noun.contains(' ') => {
                    names.push(format!("{first} {noun}"))
                }
                _ => names.push(first.to_owned()),
            }
        }
        names.extend(self.aliases.iter().cloned());
        names
    }
}

/// A trend: one file of `knowledge/trends/`.
#[derive(Debug, Clone)]
pub struct Trend {
    /// Name in links; the file's name without its number.
    pub slug: Slug,
    /// The article's number, from 1.
    pub number: u8,
    /// Title, sentence case.
    pub title: String,
    /// Everyday names, lower case.
    pub aliases: Vec<String>,
    /// One sentence: what is changing.
    pub summary: String,
    /// Roles that the article names.
    pub named_roles: Vec<RoleId>,
    /// Other roles that the trend touches.
    pub also_roles: Vec<RoleId>,
    /// Skills to learn.
    pub skills: Vec<String>,
    /// Sources of the file.
    pub sources: Vec<SourceId>,
    /// When a person last held the file against its sources.
    pub reviewed: Date,
    /// All of [`TREND_SECTIONS`], in order.
    pub sections: Vec<Section>,
}

impl Trend {
    /// All roles that the trend touches: those that the article names first.
    pub fn roles(&self) -> impl Iterator<Item = RoleId> {
        self.named_roles.iter().chain(&self.also_roles).copied()
    }
}

/// Everything that is known, checked and linked. Immutable; a change is a new value.
#[derive(Debug)]
pub struct Knowledge {
    /// Roles, sorted by slug.
    pub roles: Vec<Role>,
    /// Trends, sorted by number.
    pub trends: Vec<Trend>,
    /// Pay, jobs and projections, by SOC code.
    pub figures: Figures,
    /// Sources.
    pub sources: Sources,
    /// Words with several readings.
    pub glossary: Glossary,
    /// Occupations that are known to lie outside.
    pub outside: Outside,
    /// What the bot understands.
    pub language: Language,
    /// What all trends have in common.
    pub frame: Option<Frame>,
    /// What terms stand for and mean.
    pub definitions: Definitions,
    /// Compacts between states, by which a license holds in several.
    pub compacts: Compacts,
    /// Usual steps from one role, or from a start, to the next.
    pub bridges: Bridges,
    /// Where somebody may start who has no role.
    pub starts: Starts,
    /// Roles that ask for another role first.
    pub prerequisites: Prerequisites,
    /// What graduates of a field earn and owe.
    pub programs: Programs,
    /// The address below which the operator shows the site that is made of it, without `/` at its end. In no file: a setting.
    pub site: Option<String>,
    /// CRC-32 over every file, names included: two knowledge folders of equal content have equal fingerprints.
    pub fingerprint: u32,
    pub(crate) by_slug: HashMap<Slug, Topic>,
}

impl Knowledge {
    /// The role at a place that this knowledge gave out.
    pub fn role(&self, id: RoleId) -> &Role {
        &self.roles[usize::from(id.0)]
    }

    /// The trend at a place that this knowledge gave out.
    pub fn trend(&self, id: TrendId) -> &Trend {
        &self.trends[usize::from(id.0)]
    }

    /// The role or trend of that slug.
    pub fn find(&self, slug: &str) -> Option<Topic> {
        self.by_slug.get(&Slug::parse(slug)?).copied()
    }

    /// The slug of a topic.
    pub fn slug(&self, topic: Topic) -> &Slug {
        match topic {
            Topic::Role(id) => &self.role(id).slug,
            Topic::Trend(id) => &self.trend(id).slug,
        }
    }

    /// The title of a topic.
    pub fn title(&self, topic: Topic) -> &str {
        match topic {
            Topic::Role(id) => &self.role(id).title,
            Topic::Trend(id) => &self.trend(id).title,
        }
    }

    /// The sections of a topic.
    pub fn sections(&self, topic: Topic) -> &[Section] {
        match topic {
            Topic::Role(id) => &self.role(id).sections,
            Topic::Trend(id) => &self.trend(id).sections,
        }
    }

    /// The text of a section; empty if the topic has no section of that heading.
    pub fn section(&self, topic: Topic, heading: &str) -> &str {
        self.sections(topic)
            .iter()
            .find(|section| section.heading == heading)
            .map_or("", |section| &section.text)
    }

    /// The year of the pay figures.
    pub fn pay_year(&self) -> Option<u32> {
        let source = &self.figures.national.get(&SocCode::ALL)?.source;
        let period = &self.sources.get(source)?.period;
        period
            .split(|c: char| !c.is_ascii_digit())
            .filter(|digits| digits.len() == 4)
            .find_map(|year| year.parse().ok())
    }

    /// A start at a place that this knowledge gave out.
    pub fn start(&self, id: StartId) -> Option<&Start> {
        self.starts.get(usize::from(id.0))
    }

    /// The place of the start of that name.
    pub fn start_named(&self, slug: &str) -> Option<StartId> {
        let place = self
            .starts
            .iter()
            .position(|start| start.slug.as_str() == slug);
        place.map(|place| StartId(place as u8))
    }

    /// Every role's place, in order.
    pub fn role_ids(&self) -> impl Iterator<Item = RoleId> + use<> {
        (0..self.roles.len() as u16).map(RoleId)
    }

    /// Every trend's place, in order.
    pub fn trend_ids(&self) -> impl Iterator<Item = TrendId> + use<> {
        (0..self.trends.len() as u16).map(TrendId)
    }

    /// Every topic: roles, then trends.
    pub fn topics(&self) -> impl Iterator<Item = Topic> + use<> {
        self.role_ids()
            .map(Topic::Role)
            .chain(self.trend_ids().map(Topic::Trend))
    }
}
