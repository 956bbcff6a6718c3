//! The one inner door: every question, from whichever side it comes, is answered here.
//!
//! Holds the knowledge, its lexicon and its index, and swaps all three at once. Knows nothing of Discord, HTTP,
//! terminals, databases or the clock.

use std::path::Path;
use std::sync::Arc;

use arc_swap::ArcSwap;
use jiff::civil::Date;

pub use crate::answer::topics::subject;
use crate::answer::{self, Answer, compare, list, role, trend};
use crate::knowledge::{Knowledge, RoleId, State, Topic, TrendId};
use crate::question::normalize::{self, singular};
use crate::question::{self, Cue, Filter, Lexicon, Question, Remembered};
use crate::search::coverage::Coverage;
pub use crate::search::shelf::{Entry, Shelf};
use crate::search::{self, Hit, Index, Opened};

/// Hits looked at for one question.
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
    lexicon: Lexicon,
    coverage: Coverage,
    index: Index,
}

impl Library {
    fn new(knowledge: Knowledge, index: Index) -> Self {
        let lexicon = Lexicon::new(&knowledge);
        let coverage = Coverage::new(&knowledge, |word| singular(word).into_owned());
        Self { knowledge: Arc::new(knowledge), lexicon, coverage, index }
    }

    fn search(&self, words: &[String]) -> Vec<Hit> {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match self.index.search(&words, HITS) {
            Ok((hits, _)) => hits,
            Err(error) => {
                // The index is in memory: this is a fault of the program, and answers from the facts still hold.
                tracing::error!(%error, "search failed");
                Vec::new()
            }
        }
    }

    fn answer(&self, question: &str, remembered: Option<&Remembered>) -> (Question, Answer, Remembered) {
        let question = question::understand(&self.knowledge, &self.lexicon, question, remembered);
        let answer = answer::compose(&self.knowledge, &self.coverage, &question, || self.search(&question.words));
        let remember = remember(&self.knowledge, &question, &answer, remembered);
        (question, answer, remember)
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
        Ok((Self { library: ArcSwap::from_pointee(Library::new(knowledge, index)) }, opened))
    }

    /// An advisor on this knowledge, with its index in memory.
    ///
    /// # Errors
    /// When no index can be built.
    pub fn in_memory(knowledge: Knowledge) -> Result<Self, search::Error> {
        let index = Index::in_memory(&knowledge)?;
        Ok(Self { library: ArcSwap::from_pointee(Library::new(knowledge, index)) })
    }

    /// Takes other knowledge from now on; questions that are being answered finish with the old.
    ///
    /// # Errors
    /// When no index can be built; the old knowledge stays.
    pub fn replace(&self, knowledge: Knowledge, folder: &Path) -> Result<Opened, search::Error> {
        let (index, opened) = Index::open_or_build(folder, &knowledge)?;
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
    pub fn ask_in(&self, question: &str, remembered: Option<&Remembered>) -> (Answer, Remembered) {
        let (_, answer, remember) = self.library.load().answer(question, remembered);
        (answer, remember)
    }

    /// Answers a question within a talk as [`Advisor::ask_in`] does, and shows what fits of a shelf beside it, or in its
    /// place where the knowledge has no answer. Nothing of the shelf is remembered. `today` tells what is due for review.
    pub fn ask_on(
        &self,
        shelf: &Shelf,
        today: Date,
        question: &str,
        remembered: Option<&Remembered>,
    ) -> (Answer, Remembered) {
        let library = self.library.load();
        let (question, mut answer, remember) = library.answer(question, remembered);
        answer::own::add(&library.knowledge, shelf, &question, today, &mut answer);
        (answer, remember)
    }

    /// How a question is understood; for tests and for tracing a report.
    pub fn understand(&self, question: &str) -> Question {
        let library = self.library.load();
        question::understand(&library.knowledge, &library.lexicon, question, None)
    }

    /// The hits of a bare search with the words of a question; for benches.
    pub fn bare_search(&self, question: &str) -> usize {
        let library = self.library.load();
        let words: Vec<String> = normalize::clean(question).tokens.into_iter().map(|token| token.stem).collect();
        library.search(&words).len()
    }

    /// All about a role; `None` when there is no such slug.
    pub fn role(&self, slug: &str) -> Option<Answer> {
        let library = self.library.load();
        let id = role_id(&library.knowledge, slug)?;
        Some(role::answer(&library.knowledge, id, &plain(question::Kind::Roles)))
    }

    /// All about a trend; `None` when there is no such slug.
    pub fn trend(&self, slug: &str) -> Option<Answer> {
        let library = self.library.load();
        let id = trend_id(&library.knowledge, slug)?;
        Some(trend::answer(&library.knowledge, id, &plain(question::Kind::Trend)))
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
        fits.then(|| compare::answer(&library.knowledge, &ids, &plain(question::Kind::Compare)))
    }

    /// Pay of a role, in the whole US or in one state; `None` when there is no such role.
    pub fn pay(&self, slug: &str, state: Option<State>) -> Option<Answer> {
        let library = self.library.load();
        let id = role_id(&library.knowledge, slug)?;
        let question =
            Question { asks: vec![Cue::Pay], states: state.into_iter().collect(), ..plain(question::Kind::Roles) };
        Some(role::answer(&library.knowledge, id, &question))
    }

    /// A page of a list that goes on, from what [`Answer::next`] tells; `None` when there is no such list or page.
    pub fn list(&self, conditions: &str, page: u8) -> Option<Answer> {
        let library = self.library.load();
        list::page(&library.knowledge, &answer::pages::read(&library.knowledge, conditions)?, page)
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
                        (rank, Completion { value: state.code().to_owned(), title: state.name().to_owned() })
                    })
                })
                .collect(),
            Kind::Role => knowledge
                .role_ids()
                .filter_map(|id| {
                    let role = knowledge.role(id);
                    let names = role.abbreviations.iter().chain(&role.aliases).chain(&role.titles).map(String::as_str);
                    rank(&wanted, &role.title, names)
                        .map(|rank| (rank, Completion { value: role.slug.to_string(), title: role.title.clone() }))
                })
                .collect(),
            Kind::Trend => knowledge
                .trend_ids()
                .filter_map(|id| {
                    let trend = knowledge.trend(id);
                    rank(&wanted, &trend.title, trend.aliases.iter().map(String::as_str))
                        .map(|rank| (rank, Completion { value: trend.slug.to_string(), title: trend.title.clone() }))
                })
                .collect(),
        };
        ranked.sort_by(|a, b| (a.0, &a.1.title).cmp(&(b.0, &b.1.title)));
        ranked.into_iter().take(limit).map(|(_, completion)| completion).collect()
    }
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

/// A question that somebody asked by a command instead of in words.
fn plain(kind: question::Kind) -> Question {
    Question {
        text: String::new(),
        cut: false,
        corrections: Vec::new(),
        kind,
        roles: Vec::new(),
        background: Vec::new(),
        readings: None,
        trends: Vec::new(),
        states: Vec::new(),
        asks: Vec::new(),
        states_ranked: None,
        pace: None,
        detail: None,
        filter: Filter::default(),
        likes: Vec::new(),
        dislikes: Vec::new(),
        outside: None,
        city_state: None,
        describes: false,
        described: Vec::new(),
        told_in_full: false,
        outside_beside: Vec::new(),
        not_held: false,
        recalled: false,
        words: Vec::new(),
    }
}

/// What the next question may refer back to: what this one was about, or what was known before when it was about nothing.
fn remember(knowledge: &Knowledge, question: &Question, answer: &Answer, before: Option<&Remembered>) -> Remembered {
    let mut now = Remembered { asks: question.asks.clone(), states: question.states.clone(), ..Remembered::default() };
    for subject in answer.subjects.iter().take(compare::MOST_ROLES) {
        match knowledge.find(&subject.slug) {
            Some(Topic::Role(id)) => now.roles.push(id),
            Some(Topic::Trend(id)) => now.trends.push(id),
            None => {}
        }
    }
    now.list = (question.kind == question::Kind::List).then(|| Box::new(question.filter.clone()));
    if answer.items.len() > 1 {
        let roles = answer.items.iter().filter_map(|item| role_id(knowledge, &item.subject.slug));
        now.shown = roles.collect();
    }
    match question.kind {
        question::Kind::Roles | question::Kind::Compare | question::Kind::RoleTrends => now.trends.clear(),
        question::Kind::Trend | question::Kind::TrendRoles => now.roles.clear(),
        question::Kind::List | question::Kind::Interests | question::Kind::Search if now.roles.len() > 1 => {
            now.roles.truncate(1)
        }
        _ => {}
    }
    if now.roles.is_empty() && now.trends.is_empty() {
        return before.cloned().unwrap_or_default();
    }
    now
}
