//! What stands in a question, sorted by what it is: roles, places, intents, likes, reasons to refuse.
//!
//! Knows where a word stands and what stands beside it; what the question as a whole asks is decided elsewhere.

use crate::knowledge::glossary::Choice;
use crate::knowledge::terms::Trait;
use crate::knowledge::{Knowledge, RoleId, State, Topic, TrendId};
use crate::question::asks::{asks, makes};
use crate::question::cues::Cue;
use crate::question::lexicon::{Lexicon, Meaning, Span};
use crate::question::normalize::Token;
use crate::question::refusals::Reason;
use crate::question::{Family, Filter, Readings, filter};

/// Most roles asked about where one word can mean several.
const MOST_READINGS: usize = 5;

/// Everything found, sorted by what it is.
pub(super) struct Found {
    pub(super) roles: Vec<RoleId>,
    pub(super) background: Vec<RoleId>,
    pub(super) readings: Option<Readings>,
    pub(super) choice: Option<Choice>,
    pub(super) trends: Vec<TrendId>,
    pub(super) strong_trend: bool,
    pub(super) states: Vec<State>,
    pub(super) cities: Vec<u16>,
    pub(super) abroad: Option<String>,
    pub(super) home: bool,
    pub(super) outside: Vec<u16>,
    /// Where words name an occupation outside.
    pub(super) outside_at: Vec<bool>,
    pub(super) single_word: bool,
    pub(super) filter: Filter,
    pub(super) newcomer: bool,
    pub(super) credentials: Vec<RoleId>,
    pub(super) asks: Vec<Cue>,
    pub(super) cues: Vec<Cue>,
    pub(super) cue_places: Vec<(Cue, usize)>,
    /// Reasons to refuse, with the place of the phrase that shows it.
    pub(super) reasons: Vec<(Reason, usize)>,
    pub(super) likes: Vec<Trait>,
    pub(super) dislikes: Vec<Trait>,
    pub(super) likes_said: bool,
    pub(super) illness: bool,
    pub(super) own_body: bool,
    pub(super) danger: bool,
    pub(super) somebody: bool,
    pub(super) covered: Vec<bool>,
}

impl Found {
    /// Sorts the spans by what they are.
    pub(super) fn new(
        knowledge: &Knowledge,
        lexicon: &Lexicon,
        tokens: &[Token],
        spans: &[Span],
        chosen: &[Span],
    ) -> Self {
        let mut found = Self {
            roles: Vec::new(),
            background: Vec::new(),
            readings: None,
            choice: None,
            trends: Vec::new(),
            strong_trend: false,
            states: Vec::new(),
            cities: Vec::new(),
            abroad: None,
            home: false,
            outside: Vec::new(),
            outside_at: vec![false; tokens.len()],
            single_word: false,
            filter: filter::read(tokens),
            newcomer: false,
            credentials: Vec::new(),
            asks: Vec::new(),
            cues: Vec::new(),
            cue_places: Vec::new(),
            reasons: Vec::new(),
            likes: Vec::new(),
            dislikes: Vec::new(),
            likes_said: false,
            illness: false,
            own_body: false,
            danger: false,
            somebody: false,
            covered: vec![false; tokens.len()],
        };
        found.single_word = chosen
            .iter()
            .filter(|span| matches!(span.meaning, Meaning::Role(_) | Meaning::Abbreviation(_) | Meaning::Term(_)))
            .all(|span| span.len == 1);
        let mut denied_to = None;
        for span in chosen {
            // "Not a doctor or nurse": what is denied once is denied to the end of the list.
            let denied = is_negated(tokens, span) || denied_to.is_some_and(|end| joined(tokens, end, span));
            if denied {
                denied_to = Some(span.end());
                found.leave_out(knowledge, tokens, span);
            } else {
                found.take_name(knowledge, tokens, span);
            }
        }
        if let Some(at) = chosen.iter().find_map(|span| counts_people(tokens, span)) {
            found.cues.push(Cue::Employment);
            found.cue_places.push((Cue::Employment, at));
        }
        found.take_cues(tokens, spans);
        let credential = |span: &&Span| matches!(span.meaning, Meaning::Credential(_));
        let longer =
            |span: &Span| spans.iter().filter(credential).any(|other| other.len > span.len && other.overlaps(span));
        let mut term = String::new();
        for span in spans.iter().filter(credential).filter(|span| !longer(span)) {
            if let Meaning::Credential(place) = span.meaning {
                let new = lexicon.credential(place).iter().filter(|id| !found.credentials.contains(id));
                let new: Vec<RoleId> = new.copied().collect();
                found.credentials.extend(new);
                term = tokens[span.start].word.to_uppercase();
            }
        }
        found.take_traits(tokens, spans, chosen);
        // An exam or certificate asked for by its name is a question about the license of its roles.
        if !found.credentials.is_empty() && !found.cues.contains(&Cue::Pay) {
            if found.roles.is_empty() && found.readings.is_none() && found.background.is_empty() {
                match found.credentials.as_slice() {
                    [one] => found.roles.push(*one),
                    many => {
                        let roles = many.iter().copied().take(MOST_READINGS).collect();
                        found.readings = Some(Readings { term, roles });
                        found.choice = Some(Choice::Ask);
                    }
                }
            }
            if !found.asks.contains(&Cue::License) && (found.asks.is_empty() || found.asks == [Cue::Duties]) {
                found.asks = vec![Cue::License];
            }
        }
        // A word of several readings beside a role named outright says nothing more.
        if !found.roles.is_empty() {
            found.readings = None;
        }
        // "From LPN to RN", and nothing else: how to get there.
        let weak = found.asks.is_empty() || found.asks == [Cue::Duties] && !found.cues.contains(&Cue::Duties);
        if weak && !found.roles.is_empty() && moves_on(tokens) && (found.newcomer || !found.background.is_empty()) {
            found.asks = vec![Cue::Training];
        }
        // A role that the writer has is what the question is about unless it names another.
        if found.roles.is_empty() && found.readings.is_none() {
            found.roles = std::mem::take(&mut found.background);
        }
        found
    }

    /// Whether a phrase shows the reason to refuse.
    pub(super) fn refused(&self, reason: Reason) -> bool {
        self.reasons.iter().any(|(shown, _)| *shown == reason)
    }

    /// Takes a name that the writer does not want: a word for a family stands for all of it.
    fn leave_out(&mut self, knowledge: &Knowledge, tokens: &[Token], span: &Span) {
        self.covered[span.start..span.end()].fill(true);
        if let Some(family) = Family::named(&tokens[span.start..span.end()]).filter(|_| span.len == 1) {
            self.filter.without_families.push(family);
            return;
        }
        let roles = match span.meaning {
            Meaning::Role(id) | Meaning::Abbreviation(id) => vec![id],
            Meaning::Term(place) => term_roles(knowledge, place),
            _ => Vec::new(),
        };
        for id in roles {
            if !self.filter.without_roles.contains(&id) {
                self.filter.without_roles.push(id);
            }
        }
    }

    fn take_name(&mut self, knowledge: &Knowledge, tokens: &[Token], span: &Span) {
        let mut cover = true;
        match span.meaning {
            Meaning::Role(id) | Meaning::Abbreviation(id) => {
                let list = if is_background(tokens, span) { &mut self.background } else { &mut self.roles };
                if !list.contains(&id) {
                    list.push(id);
                }
            }
            Meaning::Term(place) => {
                let entry = &knowledge.glossary[usize::from(place)];
                let roles = term_roles(knowledge, place);
                if self.readings.is_none() {
                    self.readings = Some(Readings { term: entry.term.clone(), roles });
                    self.choice = Some(entry.choice);
                }
            }
            Meaning::Trend(id) => {
                if !self.trends.contains(&id) {
                    self.trends.push(id);
                }
                let written: Vec<&str> =
                    tokens[span.start..span.end()].iter().map(|token| token.stem.as_str()).collect();
                self.strong_trend |= written.contains(&"trend");
                cover = false;
            }
            Meaning::State(state) | Meaning::StateCode(state) if !self.states.contains(&state) => {
                self.states.push(state);
            }
            Meaning::City(place) => self.cities.push(place),
            // Where somebody comes from is not where the question is about.
            Meaning::Abroad if span.start > 0 && matches!(tokens[span.start - 1].word.as_str(), "from" | "not") => {}
            Meaning::Abroad => {
                self.abroad = Some(
                    tokens[span.start..span.end()]
                        .iter()
                        .map(|token| token.word.as_str())
                        .collect::<Vec<_>>()
                        .join(" "),
                )
            }
            Meaning::Outside(_) if is_background(tokens, span) => self.newcomer = true,
            Meaning::Outside(place) => {
                self.outside.push(place);
                // One word may be half of a title: "anaesthetist nurse".
                self.outside_at[span.start..span.end()].fill(span.len > 1);
                cover = false;
            }
            _ => {}
        }
        if cover {
            self.covered[span.start..span.end()].fill(true);
        }
    }

    fn take_cues(&mut self, tokens: &[Token], spans: &[Span]) {
        for span in spans {
            let inside_name = self.covered[span.start..span.end()].iter().all(|covered| *covered);
            let inside_other = self.outside_at[span.start..span.end()].iter().all(|outside| *outside);
            match span.meaning {
                Meaning::Cue(cue) if !inside_name && !inside_other && !left_out(tokens, span.start) => {
                    if !self.cues.contains(&cue) {
                        self.cues.push(cue);
                    }
                    self.cue_places.push((cue, span.start));
                }
                Meaning::Refusal(reason) => self.reasons.push((reason, span.start)),
                Meaning::Illness if !inside_name => self.illness = true,
                Meaning::OwnBody => self.own_body = true,
                Meaning::Danger => self.danger = true,
                Meaning::Somebody => self.somebody = true,
                Meaning::Home => {
                    self.home |= tokens[span.start].upper || tokens[span.start].word != "us" || span.len > 1
                }
                _ => {}
            }
        }
        self.asks = asks(&self.cues, tokens, spans);
        // Two questions in one are answered in their order.
        let place = |ask: &Cue| {
            self.cue_places.iter().filter(|(cue, _)| makes(*cue) == *ask).map(|(_, at)| *at).min().unwrap_or(usize::MAX)
        };
        self.asks.sort_by_key(place);
    }
}

/// "Besides pay", "other than schooling": what is asked is something else.
fn left_out(tokens: &[Token], at: usize) -> bool {
    let word = |back: usize| at.checked_sub(back).map_or("", |at| tokens[at].word.as_str());
    matches!(
        (word(2), word(1)),
        (_, "besides" | "except" | "excluding") | ("apart" | "aside", "from") | ("other", "than")
    )
}

/// The roles that a term of the glossary can mean.
fn term_roles(knowledge: &Knowledge, place: u16) -> Vec<RoleId> {
    let role = |slug: &str| match knowledge.find(slug) {
        Some(Topic::Role(id)) => Some(id),
        _ => None,
    };
    knowledge.glossary[usize::from(place)].roles.iter().filter_map(|slug| role(slug.as_str())).collect()
}

/// Whether a name goes on a list of which the last one ended at `end`: "a doctor or a nurse".
fn joined(tokens: &[Token], end: usize, span: &Span) -> bool {
    let list = |token: &Token| matches!(token.word.as_str(), "or" | "nor" | "and" | "a" | "an" | "the" | "be" | "any");
    let between = &tokens[end..span.start];
    let comma = tokens[span.start].after_comma && between.is_empty();
    (comma || !between.is_empty())
        && between.iter().all(list)
        && tokens[end.saturating_sub(1)].sentence == tokens[span.start].sentence
}

/// "How many nurses are there": the place of "how".
fn counts_people(tokens: &[Token], span: &Span) -> Option<usize> {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.word.as_str());
    let name = matches!(span.meaning, Meaning::Role(_) | Meaning::Abbreviation(_) | Meaning::Term(_));
    let at = span.start.checked_sub(2)?;
    let asked = (word(at), word(at + 1)) == ("how", "many");
    let counted = matches!(word(span.end()), "" | "are" | "work" | "exist" | "in" | "does" | "do");
    (name && asked && counted).then_some(at)
}

/// "From one job to another".
fn moves_on(tokens: &[Token]) -> bool {
    let from = tokens.iter().position(|token| token.word == "from");
    from.is_some_and(|at| tokens[at..].iter().any(|token| token.word == "to"))
}

/// "I'm a CNA", "I work as an RN", "currently a medical assistant": the role is the writer's own.
fn is_background(tokens: &[Token], span: &Span) -> bool {
    let word = |back: usize| span.start.checked_sub(back).map_or("", |at| tokens[at].word.as_str());
    let after_article = if matches!(word(1), "a" | "an" | "the") { 1 } else { 0 };
    let one = word(1 + after_article);
    let two = word(2 + after_article);
    match (two, one) {
        ("i", "am")
        | ("work", "as")
        | ("working", "as")
        | ("worked", "as")
        | ("job", "as")
        | ("time", "as")
        | ("years", "as")
        | ("been", "a") => true,
        (_, "im" | "currently" | "ive" | "was" | "former" | "ex") => true,
        (_, "fits" | "suits") if matches!(span.meaning, Meaning::Outside(_)) => true,
        ("to", "be") => tokens[..span.start].iter().any(|token| token.word == "used"),
        ("history", "of") => true,
        (_, "from") => {
            let to_follows = tokens[span.end()..].iter().take(2).any(|token| token.word == "to");
            to_follows && after_article <= 1
        }
        _ => false,
    }
}

/// "Not a doctor", "anything but nursing": the name is what the writer does not want.
fn is_negated(tokens: &[Token], span: &Span) -> bool {
    let word = |back: usize| span.start.checked_sub(back).map_or("", |at| tokens[at].word.as_str());
    let name =
        matches!(span.meaning, Meaning::Role(_) | Meaning::Abbreviation(_) | Meaning::Term(_) | Meaning::Outside(_));
    let article = usize::from(matches!(word(1), "a" | "an" | "the" | "be" | "being" | "as" | "in"));
    let farther = if article == 1 && matches!(word(2), "be" | "being" | "become" | "as") { 2 } else { article };
    name && match (word(2 + farther), word(1 + farther)) {
        ("is" | "are", "not") => matches!(word(3 + farther), "that" | "which"),
        (_, "except" | "besides" | "excluding" | "exclude" | "minus") | ("apart" | "aside", "from") => true,
        ("everything" | "anyone" | "all", "but") => true,
        (_, "not") => {
            !matches!(word(2 + farther), "why" | "or" | "if" | "whether" | "is" | "does" | "do" | "am" | "im")
        }
        ("other", "than") | ("anything", "but") | ("instead", "of") | ("want", "to")
            if farther > 0 || word(1) != "to" =>
        {
            matches!((word(3 + farther), word(2 + farther)), ("dont", "want") | (_, "other" | "anything" | "instead"))
        }
        ("refuse", "to") => true,
        ("that" | "which" | "jobs" | "careers" | "roles", "isnt" | "arent") => true,
        _ => false,
    }
}
