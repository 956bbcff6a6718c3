//! The one inner door: every question, from whichever side it comes, is answered here.
//!
//! Holds the knowledge, its lexicon and its index, and swaps all three at once. Knows nothing of Discord, HTTP,
//! terminals, databases or the clock.

use std::path::Path;
use std::sync::Arc;

use arc_swap::ArcSwap;
use jiff::civil::Date;

pub use crate::answer::own_trend::{own, relate};
pub use crate::answer::topics::subject;
use crate::answer::{self, Answer, compare, list, own_trend, paths, pictured, role, trend};
use crate::knowledge::language::Label;
use crate::knowledge::own_trend::key;
use crate::knowledge::{Knowledge, RoleId, State, Topic, TrendId};
use crate::search::documents::Field;
pub use crate::search::entry_index::{Entry, EntryIndex};
use crate::search::{self, Index, Opened};
use crate::story;
use crate::understanding::request::{Ask, Compare, Facts, Place, Request};
use crate::understanding::{Amount, Context, Evidence, Understanding, Understood, Wanted};

/// Nobody plans for more months than these.
const MOST_MONTHS: f64 = 240.0;

/// Hits of a bare search.
const HITS: usize = 24;

/// What to complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Titles of roles.
    Role,
    /// Titles of trends.
    Trend,
    /// States and territories.
    State,
}

/// One way to complete a prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What to send back: a slug, or a state's postal code.
    pub value: String,
    /// What to show.
    pub title: String,
}

/// Knowledge with all that is derived from it.
struct Library {
    knowledge: Arc<Knowledge>,
    understanding: Understanding,
    index: Index,
}

impl Library {
    fn new(knowledge: Knowledge, index: Index) -> Self {
        let understanding = Understanding::new(&knowledge).with(story::adapt);
        Self {
            knowledge: Arc::new(knowledge),
            understanding,
            index,
        }
    }

    fn answer(&self, question: &str, before: Option<&Context>) -> (Understood, Answer) {
        let mut understood =
            self.understanding
                .understand(&self.knowledge, &self.index, question, before);
        let answer = answer::compose(&self.knowledge, &understood);
        remember_shown(&self.knowledge, &answer, &mut understood.context);
        if let Some(Request::Compare(asked)) = understood.requests.first() {
            understood.context.winner = compare::winner(&self.knowledge, asked);
        }
        (understood, answer)
    }
}

/// Answers questions. Cheap to share; the knowledge behind it can be swapped while questions are being answered.
pub struct Advisor {
    library: ArcSwap<Library>,
}

impl Advisor {
    /// An advisor on this knowledge, with the index in `folder`: opened when it fits, rebuilt otherwise.
    ///
    /// # Errors
    /// When no index can be built, not even in memory.
    pub fn open(knowledge: Knowledge, folder: &Path) -> Result<(Self, Opened), search::Error> {
        let (index, opened) = Index::open_or_build(folder, &knowledge)?;
        Ok((
            Self {
                library: ArcSwap::from_pointee(Library::new(knowledge, index)),
            },
            opened,
        ))
    }

    /// An advisor on this knowledge, with its index in memory.
    ///
    /// # Errors
    /// When no index can be built.
    pub fn in_memory(knowledge: Knowledge) -> Result<Self, search::Error> {
        let index = Index::in_memory(&knowledge)?;
        Ok(Self {
            library: ArcSwap::from_pointee(Library::new(knowledge, index)),
        })
    }

    /// Takes other knowledge from now on, with its index in `folder`, or in memory alone where there is none; questions that
    /// are being answered finish with the old.
    ///
    /// # Errors
    /// When no index can be built; the old knowledge stays.
    pub fn replace(
        &self,
        mut knowledge: Knowledge,
        folder: Option<&Path>,
    ) -> Result<Opened, search::Error> {
        // A setting, and not in the files.
        knowledge.site.clone_from(&self.knowledge().site);
        let (index, opened) = match folder {
            Some(folder) => Index::open_or_build(folder, &knowledge)?,
            None => (
                Index::in_memory(&knowledge)?,
                Opened::InMemory("no folder for it is known".to_owned()),
            ),
        };
        self.library.store(Arc::new(Library::new(knowledge, index)));
        Ok(opened)
    }

    /// The knowledge as it stands now.
    pub fn knowledge(&self) -> Arc<Knowledge> {
        self.library.load().knowledge.clone()
    }

    /// Answers a question in plain language. Any text is accepted; the work is bounded.
    pub fn ask(&self, question: &str) -> Answer {
        self.ask_in(question, None).0
    }

    /// Answers a question within a talk, and says what to remember of it.
    pub fn ask_in(&self, question: &str, before: Option<&Context>) -> (Answer, Context) {
        let (understood, answer) = self.library.load().answer(question, before);
        (answer, understood.context)
    }

    /// Answers a question within a talk as [`Advisor::ask_in`] does, and shows what fits of a shelf beside it, or in its
    /// place where the knowledge has no answer. Nothing of the shelf is remembered. `today` tells what is due for review.
    pub fn ask_on(
        &self,
        shelf: &EntryIndex,
        today: Date,
        question: &str,
        before: Option<&Context>,
    ) -> (Answer, Context) {
        let library = self.library.load();
        let (understood, mut answer) = library.answer(question, before);
        answer::server_entry::add(&library.knowledge, shelf, &understood, today, &mut answer);
        if understood.requests.contains(&Request::Trends) {
            own_trend::list(shelf, &mut answer);
        }
        own_trend::relate(shelf, &mut answer);
        (answer, understood.context)
    }

    /// All about a shelf's own trend, by its key or title; `None` when there is no such trend.
    pub fn trend_on(&self, shelf: &EntryIndex, today: Date, named: &str) -> Option<Answer> {
        let entry = own_trend::find(shelf, named)?;
        Some(own_trend::answer(
            &self.library.load().knowledge,
            entry,
            today,
        ))
    }

    /// The list of trends with those of a shelf.
    pub fn trends_on(&self, shelf: &EntryIndex) -> Answer {
        let mut answer = self.trends();
        own_trend::list(shelf, &mut answer);
        answer
    }

    /// The roles and trends that a sentence names, by the understanding that reads questions.
    pub fn named(&self, sentence: &str) -> Vec<Topic> {
        let library = self.library.load();
        library.understanding.named(&library.knowledge, sentence)
    }

    /// How a question is understood; for tests.
    pub fn understand(&self, question: &str) -> Understood {
        let library = self.library.load();
        library
            .understanding
            .understand(&library.knowledge, &library.index, question, None)
    }

    /// Everything that led to the reading of a question; for tracing a wrong answer.
    pub fn explain(&self, question: &str) -> Evidence {
        let library = self.library.load();
        library
            .understanding
            .explain(&library.knowledge, &library.index, question, None)
    }

    /// The hits of a bare search with the words of a question; for benches.
    pub fn bare_search(&self, question: &str) -> usize {
        let library = self.library.load();
        let words = library.understanding.content_words(question).join(" ");
        let stems = library.index.stems(&words);
        library
            .index
            .search(&stems, &[Field::Passage], &[], HITS)
            .map_or(0, |hits| hits.len())
    }

    /// All about a role; `None` when there is no such slug.
    pub fn role(&self, slug: &str) -> Option<Answer> {
        let library = self.library.load();
        let id = role_id(&library.knowledge, slug)?;
        Some(role::answer(
            &library.knowledge,
            &Facts {
                role: id,
                aspects: Vec::new(),
                ask: Ask::default(),
            },
        ))
    }

    /// All about a trend; `None` when there is no such slug.
    pub fn trend(&self, slug: &str) -> Option<Answer> {
        let library = self.library.load();
        let id = trend_id(&library.knowledge, slug)?;
        Some(trend::answer(&library.knowledge, id, &[]))
    }

    /// The list of trends.
    pub fn trends(&self) -> Answer {
        trend::all(&self.library.load().knowledge)
    }

    /// Roles side by side; `None` unless two to four slugs of different roles are given.
    pub fn compare(&self, slugs: &[&str]) -> Option<Answer> {
        let library = self.library.load();
        let mut ids = Vec::new();
        for slug in slugs {
            let id = role_id(&library.knowledge, slug)?;
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        let fits = (2..=compare::MOST_ROLES).contains(&ids.len());
        let asked = Compare {
            roles: ids,
            aspects: Vec::new(),
            ask: Ask::default(),
        };
        fits.then(|| Answer {
            picture: pictured::of_compared(&library.knowledge, &asked),
            ..compare::answer(&library.knowledge, &asked)
        })
    }

    /// Pay of a role, in the whole US or in one state; `None` when there is no such role.
    pub fn pay(&self, slug: &str, state: Option<State>) -> Option<Answer> {
        let library = self.library.load();
        let id = role_id(&library.knowledge, slug)?;
        let place = Place {
            states: state.into_iter().collect(),
            ..Place::default()
        };
        let facts = Facts {
            role: id,
            aspects: vec![Label::Pay],
            ask: Ask {
                place,
                ..Ask::default()
            },
        };
        Some(role::answer(&library.knowledge, &facts))
    }

    /// A page of a list that goes on, from what [`Answer::next`] tells; `None` when there is no such list or page.
    pub fn list(&self, conditions: &str, page: u8) -> Option<Answer> {
        let library = self.library.load();
        list::page(
            &library.knowledge,
            &answer::pages::read(&library.knowledge, conditions)?,
            page,
        )
    }

    /// Ways to better work, from what [`Answer::ways`] tells, and what a talk remembers of them; `None` when the text is broken, or
    /// names what is gone.
    pub fn ways(&self, code: &str) -> Option<(Answer, Context)> {
        let library = self.library.load();
        let knowledge = &library.knowledge;
        let wanted = paths::code::read(knowledge, code)?;
        let answer = paths::answer(knowledge, &wanted);
        let mut context = Context::of_ways(&wanted);
        if wanted.open.is_some() {
            // The one that is open was one of several.
            let all = paths::answer(
                knowledge,
                &Wanted {
                    open: None,
                    ..wanted
                },
            );
            let open = std::mem::take(&mut context.roles);
            remember_shown(knowledge, &all, &mut context);
            context.roles = open;
        } else {
            remember_shown(knowledge, &answer, &mut context);
        }
        Some((answer, context))
    }

    /// The pay that a few words name, such as "19 an hour" or "$45k"; a bare number is dollars.
    pub fn pay_named(&self, words: &str) -> Option<Amount> {
        let library = self.library.load();
        let bare = words.trim_start().starts_with(|c: char| c.is_ascii_digit());
        let sign = if bare { "$" } else { "" };
        library
            .understanding
            .pay(&library.knowledge, &format!("{sign}{}", words.trim()))
    }

    /// The whole months that a few words name, such as "18 months" or "2 years"; at least one.
    pub fn months_named(&self, words: &str) -> Option<u16> {
        let library = self.library.load();
        let months = library
            .understanding
            .months(&library.knowledge, &format!("at most {}", words.trim()))?;
        (1.0..=MOST_MONTHS)
            .contains(&months)
            .then_some(months as u16)
    }

    /// Titles that complete a prefix, best first, at most `limit`. An empty prefix gives the first of all. Names other
    /// than titles are found too: "rn" completes to registered nurse.
    pub fn complete(&self, prefix: &str, kind: Kind, limit: usize) -> Vec<Completion> {
        let library = self.library.load();
        let knowledge = &library.knowledge;
        let wanted = prefix.trim().to_lowercase();
        let mut ranked: Vec<(u8, Completion)> = match kind {
            Kind::State => State::all()
                .filter_map(|state| {
                    rank(&wanted, state.name(), [state.code()].into_iter()).map(|rank| {
                        (
                            rank,
                            Completion {
                                value: state.code().to_owned(),
                                title: state.name().to_owned(),
                            },
                        )
                    })
                })
                .collect(),
            Kind::Role => knowledge
                .role_ids()
                .filter_map(|id| {
                    let role = knowledge.role(id);
                    let names = role
                        .abbreviations
                        .iter()
                        .chain(&role.aliases)
                        .chain(&role.titles)
                        .map(String::as_str);
                    rank(&wanted, &role.title, names).map(|rank| {
                        (
                            rank,
                            Completion {
                                value: role.slug.to_string(),
                                title: role.title.clone(),
                            },
                        )
                    })
                })
                .collect(),
            Kind::Trend => knowledge
                .trend_ids()
                .filter_map(|id| {
                    let trend = knowledge.trend(id);
                    rank(
                        &wanted,
                        &trend.title,
                        trend.aliases.iter().map(String::as_str),
                    )
                    .map(|rank| {
                        (
                            rank,
                            Completion {
                                value: trend.slug.to_string(),
                                title: trend.title.clone(),
                            },
                        )
                    })
                })
                .collect(),
        };
        ranked.sort_by(|a, b| (a.0, &a.1.title).cmp(&(b.0, &b.1.title)));
        ranked
            .into_iter()
            .take(limit)
            .map(|(_, completion)| completion)
            .collect()
    }
}

/// The trends of a shelf: what to send back for each, and its title.
pub fn own_trends(shelf: &EntryIndex) -> impl Iterator<Item = (String, &str)> {
    own_trend::trends(shelf).map(|(entry, _)| (key(entry.id), entry.title.as_str()))
}

/// How well a prefix fits a title or one of its other names; smaller is better.
fn rank<'a>(prefix: &str, title: &str, mut others: impl Iterator<Item = &'a str>) -> Option<u8> {
    let title = title.to_lowercase();
    if title.starts_with(prefix) {
        return Some(1);
    }
    let mut best = None;
    if others.any(|other| {
        let other = other.to_lowercase();
        if other == prefix {
            best = Some(0);
        } else if other.starts_with(prefix) && best.is_none() {
            best = Some(3);
        }
        best == Some(0)
    }) {
        return best;
    }
    if title.split([' ', '-']).any(|word| word.starts_with(prefix)) {
        return Some(2);
    }
    best.or_else(|| title.contains(prefix).then_some(4))
}

fn role_id(knowledge: &Knowledge, slug: &str) -> Option<RoleId> {
    match knowledge.find(slug)? {
        Topic::Role(id) => Some(id),
        Topic::Trend(_) => None,
    }
}

fn trend_id(knowledge: &Knowledge, slug: &str) -> Option<TrendId> {
    match knowledge.find(slug)? {
        Topic::Trend(id) => Some(id),
        Topic::Role(_) => None,
    }
}

/// What was shown one below the other, and who came out on top: the next message may refer to it.
fn remember_shown(knowledge: &Knowledge, answer: &Answer, context: &mut Context) {
    let ids = |slugs: Vec<&str>| {
        slugs
            .into_iter()
            .filter_map(|slug| role_id(knowledge, slug))
            .collect::<Vec<_>>()
    };
    let shown = ids(answer
        .items
        .iter()
        .map(|item| item.subject.slug.as_str())
        .collect());
    if shown.len() > 1 {
        context.roles = shown.iter().copied().take(1).collect();
        context.shown = shown;
    }
}
