//! What a question as a whole asks: the decision table over everything found in it.
//!
//! Names first, then reasons to refuse, then intents. Every rule is general; none is made for one question.

use crate::knowledge::glossary::Choice;
use crate::knowledge::terms::{Remote, Trait};
use crate::knowledge::{Knowledge, RoleId, State, Topic, TrendId};
use crate::question::cues::Cue;
use crate::question::lexicon::{Lexicon, Meaning, Span};
use crate::question::normalize::{self, Token};
use crate::question::places::CITIES;
use crate::question::refusals::Reason;
use crate::question::{Filter, Kind, Question, Readings, Remembered, filter, names};

/// Overlap with a title from which a role counts as named without any of its names standing there word for word.
/// Measured on the working half of the questions: reworded titles reach 0.5, chance overlaps stay below 0.4.
const TITLE_OVERLAP: f32 = 0.5;

/// Overlap from which a reworded title beats a one-word name that stands there word for word.
const SURE_OVERLAP: f32 = 0.85;

/// Lead in overlap from which one reading of a word is settled over the others.
const CLEAR_LEAD: f32 = 0.15;

/// Words that carry no meaning of their own in a question; they are searched for only when nothing else remains.
const STOP_WORDS: &[&str] = &[
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "with", "and", "or", "is", "are", "am", "was", "be", "been", "it", "its", "im", "i", "me", "my", "you", "your", "u", "ur", "we", "they", "them", "their", "he", "she", "do", "does", "did", "dont", "can", "could", "would", "should", "will", "what", "whats", "which", "who", "how", "when", "where", "why", "that", "this", "these", "those", "there", "have", "has", "had", "so", "if", "but", "not", "no", "yes", "just", "like", "really", "very", "much", "many", "about", "from", "as", "by", "get", "got", "any", "some", "all", "more", "most", "than", "then", "too", "also", "please", "pls", "hey", "hi", "hello", "tell", "give", "want", "need", "know", "think", "one", "out", "up", "if", "because", "into", "lol", "ok", "okay", "make", "makes", "wanna", "gonna", "going", "thing", "stuff", "people", "someone", "somebody", "person", "good", "best", "job", "jobs", "career", "careers", "role", "work", "working", "healthcare", "health", "field", "kind", "type", "medicine",
];

/// Understands a text. `remembered` is what the same person last spoke of in the same place, if anything.
pub fn understand(knowledge: &Knowledge, lexicon: &Lexicon, text: &str, remembered: Option<&Remembered>) -> Question {
    let clean = normalize::clean(text);
    let mut tokens = clean.tokens;
    fold_words(&mut tokens);
    let corrections = lexicon.speller().mend(&mut tokens, |word| names::is_name_word(lexicon, word));
    let spans = lexicon.spans(&tokens);
    let chosen = names::choose(&tokens, &spans);
    let found = Found::new(knowledge, lexicon, &tokens, &spans, &chosen);

    let words = content_words(&tokens);
    let known_words = words.iter().filter(|word| lexicon.knows(word)).count();
    let mut question = Question {
        text: clean.text,
        cut: clean.cut,
        corrections,
        kind: Kind::Search,
        roles: found.roles.clone(),
        background: found.background.clone(),
        readings: found.readings.clone(),
        trends: found.trends.clone(),
        states: found.states.clone(),
        asks: found.asks.clone(),
        filter: Filter::default(),
        likes: found.likes.clone(),
        dislikes: found.dislikes.clone(),
        outside: None,
        city_state: None,
        describes: describes(&tokens, &found),
        outside_beside: found.outside.iter().filter_map(|place| knowledge.outside.get(usize::from(*place))).map(|outside| outside.title.clone()).collect(),
        not_held: found.cues.contains(&Cue::NotHeld),
        recalled: false,
        words,
        known_words,
    };
    recall(&mut question, &found, &tokens, remembered);
    question.kind = decide(knowledge, lexicon, &tokens, &spans, &found, &mut question);
    let only_place = question.asks.is_empty() || question.asks == [Cue::Duties] && !found.cues.contains(&Cue::Duties);
    if only_place && !question.states.is_empty() && matches!(question.kind, Kind::Roles | Kind::Compare | Kind::Ambiguous) {
        // A role and a state, and nothing else: what differs by state is pay.
        question.asks = vec![Cue::Pay];
    }
    question
}

/// "health care" is "healthcare"; "per cent" is "percent"; "home care" stays.
fn fold_words(tokens: &mut Vec<Token>) {
    let mut at = 0;
    while at + 1 < tokens.len() {
        let joined = match (tokens[at].word.as_str(), tokens[at + 1].word.as_str()) {
            ("per", "cent") => Some("percent"),
            ("e", "mail") => Some("email"),
            _ => None,
        };
        if let Some(word) = joined {
            tokens[at].word = word.to_owned();
            tokens[at].stem = word.to_owned();
            tokens.remove(at + 1);
        }
        at += 1;
    }
}

/// Whether a word carries no meaning of its own.
pub fn is_stop_word(stem: &str) -> bool {
    STOP_WORDS.contains(&stem)
}

fn content_words(tokens: &[Token]) -> Vec<String> {
    let all = || tokens.iter().filter(|token| token.number.is_none()).map(|token| token.stem.clone());
    let content: Vec<String> = all().filter(|stem| !STOP_WORDS.contains(&stem.as_str())).collect();
    if content.is_empty() { all().collect() } else { content }
}

/// Everything found, sorted by what it is.
struct Found {
    roles: Vec<RoleId>,
    background: Vec<RoleId>,
    readings: Option<Readings>,
    choice: Option<Choice>,
    trends: Vec<TrendId>,
    strong_trend: bool,
    states: Vec<State>,
    cities: Vec<u16>,
    abroad: Option<String>,
    home: bool,
    outside: Vec<u16>,
    single_word: bool,
    filter: Filter,
    newcomer: bool,
    credentials: Vec<RoleId>,
    asks: Vec<Cue>,
    cues: Vec<Cue>,
    cue_places: Vec<(Cue, usize)>,
    reasons: Vec<Reason>,
    likes: Vec<Trait>,
    dislikes: Vec<Trait>,
    likes_said: bool,
    illness: bool,
    own_body: bool,
    covered: Vec<bool>,
}

impl Found {
    fn new(knowledge: &Knowledge, lexicon: &Lexicon, tokens: &[Token], spans: &[Span], chosen: &[Span]) -> Self {
        let mut found = Self {
            roles: Vec::new(), background: Vec::new(), readings: None, choice: None, trends: Vec::new(), strong_trend: false,
            states: Vec::new(), cities: Vec::new(), abroad: None, home: false, outside: Vec::new(), single_word: false, filter: filter::read(tokens), newcomer: false, credentials: Vec::new(), asks: Vec::new(), cues: Vec::new(), cue_places: Vec::new(),
            reasons: Vec::new(), likes: Vec::new(), dislikes: Vec::new(), likes_said: false, illness: false, own_body: false,
            covered: vec![false; tokens.len()],
        };
        found.single_word = chosen.iter().filter(|span| matches!(span.meaning, Meaning::Role(_) | Meaning::Abbreviation(_) | Meaning::Term(_))).all(|span| span.len == 1);
        for span in chosen {
            found.take_name(knowledge, tokens, span);
        }
        found.take_cues(tokens, spans);
        for span in spans {
            if let Meaning::Credential(place) = span.meaning {
                found.credentials.extend(lexicon.credential(place));
            }
        }
        found.take_traits(tokens, spans, chosen);
        // An exam or certificate asked for by its name is a question about the license of its roles.
        if !found.credentials.is_empty() && !found.cues.contains(&Cue::Pay) {
            if found.roles.is_empty() && found.readings.is_none() && found.background.is_empty() {
                found.roles.push(found.credentials[0]);
            }
            if !found.asks.contains(&Cue::License) && (found.asks.is_empty() || found.asks == [Cue::Duties]) {
                found.asks = vec![Cue::License];
            }
        }
        // A word of several readings beside a role named outright says nothing more.
        if !found.roles.is_empty() {
            found.readings = None;
        }
        // A role that the writer has is what the question is about unless it names another.
        if found.roles.is_empty() && found.readings.is_none() {
            found.roles = std::mem::take(&mut found.background);
        }
        found
    }

    fn take_name(&mut self, knowledge: &Knowledge, tokens: &[Token], span: &Span) {
        let mut cover = true;
        if is_negated(tokens, span) {
            self.covered[span.start..span.end()].fill(true);
            return;
        }
        match span.meaning {
            Meaning::Role(id) | Meaning::Abbreviation(id) => {
                let list = if is_background(tokens, span) { &mut self.background } else { &mut self.roles };
                if !list.contains(&id) {
                    list.push(id);
                }
            }
            Meaning::Term(place) => {
                let entry = &knowledge.glossary[usize::from(place)];
                let roles: Vec<RoleId> = entry
                    .roles
                    .iter()
                    .filter_map(|slug| match knowledge.find(slug.as_str()) {
                        Some(Topic::Role(id)) => Some(id),
                        _ => None,
                    })
                    .collect();
                if self.readings.is_none() {
                    self.readings = Some(Readings { term: entry.term.clone(), roles });
                    self.choice = Some(entry.choice);
                }
            }
            Meaning::Trend(id) => {
                if !self.trends.contains(&id) {
                    self.trends.push(id);
                }
                let written: Vec<&str> = tokens[span.start..span.end()].iter().map(|token| token.stem.as_str()).collect();
                self.strong_trend |= written.contains(&"trend");
                cover = false;
            }
            Meaning::State(state) | Meaning::StateCode(state) => {
                if !self.states.contains(&state) {
                    self.states.push(state);
                }
            }
            Meaning::City(place) => self.cities.push(place),
            // Where somebody comes from is not where the question is about.
            Meaning::Abroad if span.start > 0 && tokens[span.start - 1].word == "from" => {}
            Meaning::Abroad => self.abroad = Some(tokens[span.start..span.end()].iter().map(|token| token.word.as_str()).collect::<Vec<_>>().join(" ")),
            Meaning::Outside(_) if is_background(tokens, span) => self.newcomer = true,
            Meaning::Outside(place) => {
                self.outside.push(place);
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
            match span.meaning {
                Meaning::Cue(cue) if !inside_name && !(span.len == 1 && self.covered[span.start]) => {
                    if !self.cues.contains(&cue) {
                        self.cues.push(cue);
                    }
                    self.cue_places.push((cue, span.start));
                }
                Meaning::Refusal(reason) => self.reasons.push(reason),
                Meaning::Illness if !inside_name => self.illness = true,
                Meaning::OwnBody => self.own_body = true,
                Meaning::Home => self.home |= tokens[span.start].upper || tokens[span.start].word != "us" || span.len > 1,
                _ => {}
            }
        }
        self.asks = asks(&self.cues, tokens);
        // Two questions in one are answered in their order.
        let place = |ask: &Cue| self.cue_places.iter().filter(|(cue, _)| makes(*cue) == *ask).map(|(_, at)| *at).min().unwrap_or(usize::MAX);
        self.asks.sort_by_key(place);
    }

    /// Likes and dislikes: each trait word goes with the nearest "like" or "hate" before it in its sentence; a word
    /// without either counts as liked when the question says somewhere what the writer likes.
    fn take_traits(&mut self, tokens: &[Token], spans: &[Span], chosen: &[Span]) {
        let in_role = |span: &Span| chosen.iter().any(|name| matches!(name.meaning, Meaning::Role(_) | Meaning::Abbreviation(_)) && name.len > 1 && name.overlaps(span));
        let feelings: Vec<(&Span, bool)> = spans
            .iter()
            .filter_map(|span| match span.meaning {
                Meaning::Like => Some((span, true)),
                Meaning::Dislike => Some((span, false)),
                _ => None,
            })
            .collect();
        for span in spans {
            let Meaning::Trait(kind) = span.meaning else { continue };
            if in_role(span) {
                continue;
            }
            let inside_longer = spans.iter().any(|other| matches!(other.meaning, Meaning::Trait(_)) && other.len > span.len && other.overlaps(span) && other.meaning != span.meaning && other.start <= span.start && other.end() >= span.end());
            if inside_longer {
                continue;
            }
            let within = feelings.iter().find(|(feeling, _)| feeling.len > span.len && feeling.start <= span.start && feeling.end() >= span.end());
            let before = feelings
                .iter()
                .filter(|(feeling, _)| feeling.end() <= span.start && tokens[feeling.start].sentence == tokens[span.start].sentence)
                .max_by_key(|(feeling, like)| (feeling.end(), feeling.len, !*like));
            let after = feelings.iter().filter(|(feeling, _)| feeling.start >= span.end() && feeling.start <= span.end() + if feeling.len > 1 { 3 } else { 1 } && tokens[feeling.start].sentence == tokens[span.start].sentence && matches!(tokens[feeling.start].word.as_str(), "bore" | "bores" | "is" | "isnt" | "scares" | "fascinate" | "fascinates" | "makes" | "make" | "freaks" | "freak" | "gross" | "grosses")).min_by_key(|(feeling, _)| feeling.start);
            let (likes, said) = match (within.or(before), after) {
                (_, Some((_, like))) => (*like, true),
                (Some((_, like)), None) => (*like, true),
                (None, None) => (true, false),
            };
            self.likes_said |= said;
            let list = if likes { &mut self.likes } else { &mut self.dislikes };
            if !list.contains(&kind) {
                list.push(kind);
            }
        }
        let dislikes = self.dislikes.clone();
        self.likes.retain(|kind| !dislikes.contains(kind));
    }
}

/// "I'm a CNA", "I work as an RN", "currently a medical assistant": the role is the writer's own.
fn is_background(tokens: &[Token], span: &Span) -> bool {
    let word = |back: usize| span.start.checked_sub(back).map_or("", |at| tokens[at].word.as_str());
    let after_article = if matches!(word(1), "a" | "an" | "the") { 1 } else { 0 };
    let one = word(1 + after_article);
    let two = word(2 + after_article);
    match (two, one) {
        ("i", "am") | ("work", "as") | ("working", "as") | ("worked", "as") | ("job", "as") | ("time", "as") | ("years", "as") | ("been", "a") => true,
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
    let name = matches!(span.meaning, Meaning::Role(_) | Meaning::Abbreviation(_) | Meaning::Term(_) | Meaning::Outside(_));
    let article = usize::from(matches!(word(1), "a" | "an" | "the" | "be" | "being"));
    let farther = if article == 1 && matches!(word(2), "be" | "being" | "become") { 2 } else { article };
    name && match (word(2 + farther), word(1 + farther)) {
        (_, "not" | "except" | "besides") => !matches!(word(2 + farther), "why" | "or" | "if" | "whether" | "is" | "does" | "do" | "am" | "im"),
        ("other", "than") | ("anything", "but") | ("instead", "of") | ("want", "to") if farther > 0 || word(1) != "to" => matches!((word(3 + farther), word(2 + farther)), ("dont", "want") | (_, "other" | "anything" | "instead")),
        ("refuse", "to") => true,
        _ => false,
    }
}

/// "Who draws blood", "the person who fits hearing aids", "what do you call someone that", or a wish in the first person.
fn describes(tokens: &[Token], found: &Found) -> bool {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.word.as_str());
    let starts_with_who = word(0) == "who" && !matches!(word(1), "won" | "is" | "was" | "made" | "are");
    let person = tokens.windows(2).any(|pair| matches!(pair[0].stem.as_str(), "person" | "people" | "lady" | "guy" | "one" | "someone" | "somebody" | "job" | "nurse") && matches!(pair[1].word.as_str(), "who" | "that" | "whos" | "where" | "which"));
    starts_with_who || person || (found.likes_said && tokens.len() >= 5)
}

/// The intents that the cues make, in a fixed order of weight: weak cues count only where no strong one stands.
fn asks(cues: &[Cue], tokens: &[Token]) -> Vec<Cue> {
    let has = |cue: Cue| cues.contains(&cue);
    let word = |word: &str| tokens.iter().any(|token| token.word == word);
    let mut asks = Vec::new();
    let mut add = |cue: Cue, holds: bool| {
        if holds && !asks.contains(&cue) {
            asks.push(cue);
        }
    };
    let schooling = has(Cue::School) || has(Cue::Training);
    add(Cue::Pay, has(Cue::Pay) || (has(Cue::HowMuch) && !schooling && !has(Cue::Growth) && !has(Cue::Openings) && !has(Cue::Employment) && !has(Cue::Remote)));
    let strong_training = has(Cue::HowLong) || has(Cue::School) || has(Cue::Training);
    add(Cue::Growth, has(Cue::Growth));
    add(Cue::Openings, has(Cue::Openings));
    add(Cue::Employment, has(Cue::Employment));
    add(Cue::License, has(Cue::License));
    add(Cue::Remote, has(Cue::Remote));
    add(Cue::Tools, has(Cue::Tools));
    add(Cue::Skills, has(Cue::Skills) && !(has(Cue::Tools) && (word("computer") || word("software"))));
    add(Cue::Suits, has(Cue::Suits));
    add(Cue::Day, has(Cue::Day));
    add(Cue::Workplace, has(Cue::Workplace));
    add(Cue::Next, has(Cue::Next));
    add(Cue::Training, strong_training);
    if has(Cue::BeA) && asks.is_empty() && !has(Cue::Duties) {
        asks.push(Cue::Training);
    }
    let weak = asks.is_empty();
    if has(Cue::Make) && (word("make") || word("makes") || word("making")) && (weak || asks == [Cue::Training]) && !word("sure") && !word("good") {
        asks.insert(0, Cue::Pay);
    }
    if has(Cue::Duties) && !has(Cue::Day) {
        asks.insert(0, Cue::Duties);
    } else if has(Cue::Do) && asks.is_empty() {
        asks.push(Cue::Duties);
    }
    asks
}

/// The intent that a weak cue stands for.
fn makes(cue: Cue) -> Cue {
    match cue {
        Cue::Make | Cue::HowMuch => Cue::Pay,
        Cue::HowLong | Cue::School | Cue::BeA => Cue::Training,
        Cue::Do => Cue::Duties,
        other => other,
    }
}

/// Takes roles or trends from the talk where a pronoun, or a question without any name, refers back.
fn recall(question: &mut Question, found: &Found, tokens: &[Token], remembered: Option<&Remembered>) {
    let Some(remembered) = remembered else { return };
    let nothing_named = question.roles.is_empty() && question.readings.is_none() && question.trends.is_empty() && found.outside.is_empty();
    let pronoun = tokens.iter().any(|token| matches!(token.word.as_str(), "they" | "them" | "their" | "it" | "that" | "this" | "those" | "these" | "one" | "he" | "she" | "theyre"));
    let short = tokens.len() <= 6;
    let lists = found.cues.contains(&Cue::List) && !pronoun;
    if nothing_named && (pronoun || short) && !lists && (!question.asks.is_empty() || !found.states.is_empty() || found.cues.contains(&Cue::Trend) || found.cues.contains(&Cue::About)) {
        question.roles.clone_from(&remembered.roles);
        question.trends.clone_from(&remembered.trends);
        question.recalled = !question.roles.is_empty() || !question.trends.is_empty();
    }
    let second = tokens.iter().any(|token| matches!(token.word.as_str(), "vs" | "versus" | "compared" | "compare" | "than"));
    if question.roles.len() == 1 && second && remembered.roles.len() == 1 && remembered.roles != question.roles {
        question.roles.insert(0, remembered.roles[0]);
        question.recalled = true;
    }
    let follow_up = matches!(tokens.first().map(|token| token.word.as_str()), Some("and" | "what" | "how" | "in")) && tokens.len() <= 6;
    if question.asks.is_empty() && follow_up && (!question.roles.is_empty() || !question.states.is_empty()) && (question.recalled || tokens.first().is_some_and(|token| token.word == "and") || (tokens.len() >= 2 && tokens[1].word == "about")) {
        question.asks.clone_from(&remembered.asks);
        if question.states.is_empty() && !question.recalled {
            question.states.clone_from(&remembered.states);
        }
    }
    if !question.states.is_empty() && question.recalled && question.asks.is_empty() {
        question.asks.push(Cue::Pay);
    }
}

/// A role whose title is reworded ("assistant to physical therapists") counts as named when nothing else is.
fn by_title(lexicon: &Lexicon, tokens: &[Token], spans: &[Span], found: &Found, question: &mut Question) {
    // A single everyday word ("nurse") gives way to a title that the question rewords ("anesthetist nurse").
    let single = found.single_word && question.roles.len() <= 1 && !question.recalled;
    let named = !question.roles.is_empty() || question.readings.is_some();
    let roles_of_trend = !question.trends.is_empty() && (found.cues.contains(&Cue::List) || tokens.iter().any(|token| token.word == "who"));
    let conditions = filter_strong(&found.filter);
    if (roles_of_trend || conditions) && !named {
        return;
    }
    if (named && !single) || found.likes_said {
        return;
    }
    let enough = if named { SURE_OVERLAP } else { TITLE_OVERLAP };
    let cue_at = |at: usize| spans.iter().any(|span| span.start <= at && at < span.end() && matches!(span.meaning, Meaning::Cue(_) | Meaning::State(_) | Meaning::City(_)));
    let stems: Vec<&str> = tokens
        .iter()
        .enumerate()
        .filter(|(at, token)| token.number.is_none() && !cue_at(*at) && !STOP_WORDS.contains(&token.stem.as_str()))
        .map(|(_, token)| token.stem.as_str())
        .collect();
    if stems.len() < 2 {
        return;
    }
    let ranked = lexicon.by_title(&stems);
    if let Some((Topic::Role(id), overlap)) = ranked.first()
        && *overlap >= enough
        && question.roles.first() != Some(id)
    {
        question.roles = vec![*id];
        let term = stems.join(" ");
        question.readings = Some(Readings { term, roles: vec![*id] });
    }
}

fn decide(knowledge: &Knowledge, lexicon: &Lexicon, tokens: &[Token], spans: &[Span], found: &Found, question: &mut Question) -> Kind {
    let has = |cue: Cue| found.cues.contains(&cue);
    let refused = |reason: Reason| found.reasons.contains(&reason);
    let named = !question.roles.is_empty() || question.readings.is_some();

    if refused(Reason::Crisis) {
        return Kind::Refused(Reason::Crisis);
    }
    if refused(Reason::Injection) {
        return Kind::Refused(Reason::Injection);
    }
    if let Some(kind) = refuse(found, question, tokens, named) {
        return kind;
    }
    if tokens.is_empty() {
        return Kind::Refused(Reason::Other);
    }
    by_title(lexicon, tokens, spans, found, question);

    let mut filter = found.filter.clone();
    let list_word = has(Cue::List);
    let trend_word = has(Cue::Trend) || found.strong_trend;
    let remote_trend = question.trends.iter().any(|id| knowledge.trend(*id).slug.as_str() == "remote-work");

    // What schooling somebody has, or hopes to get by with, decides a "yes" or "no" about a role.
    question.filter = Filter { education_min: filter.education_min, education_max: filter.education_max, ..Filter::default() };
    // Roles named outright.
    if question.roles.len() >= 2 {
        return if trend_word && question.asks.is_empty() && !has(Cue::Compare) { Kind::RoleTrends } else { Kind::Compare };
    }
    if question.roles.len() == 1
        && let Some(kind) = trend_by_role(knowledge, tokens, question)
    {
        return kind;
    }
    if question.roles.len() == 1 {
        let other_trend = question.trends.iter().any(|_| true) && !(remote_trend && question.trends.len() == 1);
        if (trend_word && (question.asks.is_empty() || found.strong_trend || question.asks.iter().all(|ask| matches!(ask, Cue::Duties | Cue::Growth | Cue::Tools))) && (found.strong_trend || tokens.iter().any(|token| token.stem == "trend"))) || (other_trend && (trend_word || question.asks.is_empty() || question.asks.contains(&Cue::Growth))) {
            return Kind::RoleTrends;
        }
        name_tool(knowledge, question);
        return Kind::Roles;
    }
    // A word of many readings inside a description, or beside a trend, is not what the question is about.
    let beside = found.choice == Some(Choice::Ask) && (question.describes || !question.trends.is_empty());
    if beside {
        question.readings = None;
    }
    if let Some(readings) = question.readings.clone() {
        let first = found.choice == Some(Choice::First);
        if first || readings.roles.len() == 1 {
            if let Some(id) = readings.roles.first() {
                question.roles.push(*id);
            }
            return if tokens.iter().any(|token| token.stem == "trend") { Kind::RoleTrends } else { Kind::Roles };
        }
        if let Some(id) = settled(lexicon, tokens, &readings.roles) {
            question.roles.push(id);
            question.readings = None;
            return if tokens.iter().any(|token| token.stem == "trend") { Kind::RoleTrends } else { Kind::Roles };
        }
        if !(found.likes_said || filter.has_condition() && list_word) {
            return Kind::Ambiguous;
        }
    }

    // Small talk, when it is all there is.
    let interests = !question.likes.is_empty() || !question.dislikes.is_empty();
    let content = question.words.len();
    let topical = !question.trends.is_empty() || interests || !filter.is_empty();
    if has(Cue::Thanks) && !topical && content <= 6 {
        return Kind::Thanks;
    }
    if has(Cue::Choose) && !topical {
        return Kind::Choose;
    }
    if has(Cue::Greeting) && !topical && tokens.len() <= 4 {
        return Kind::Greeting;
    }
    let only_help = tokens.iter().any(|token| token.word == "help") && tokens.len() > 4 && !tokens.windows(2).any(|pair| pair[0].word == "you" || pair[1].word == "bot");
    if has(Cue::Help) && !topical && content <= 5 && !only_help {
        return Kind::Help;
    }
    if has(Cue::Sources) && !topical {
        return Kind::Sources;
    }

    // Lists by condition.
    let changing = trend_word && remote_trend && !tokens.iter().any(|token| matches!(token.stem.as_str(), "job" | "role" | "career" | "position" | "list" | "which"));
    if (has(Cue::Remote) || remote_trend) && !changing {
        let denied = tokens.windows(2).any(|pair| matches!(pair[0].word.as_str(), "not" | "non" | "no" | "never" | "isnt" | "arent") && matches!(pair[1].stem.as_str(), "remote" | "remotely" | "online" | "virtual"));
        let word = |word: &str| tokens.iter().any(|token| token.word == word);
        let on_site = (word("onsite") || tokens.windows(2).any(|pair| matches!((pair[0].word.as_str(), pair[1].word.as_str()), ("on", "site") | ("in", "person")))) && !word("remote") && !word("home");
        filter.remote = match () {
            () if on_site && (word("fine") || word("ok") || word("okay")) => None,
            () if denied || on_site => Some(Remote::No),
            () if tokens.windows(2).any(|pair| matches!(pair[0].word.as_str(), "partly" | "partially" | "somewhat") && pair[1].stem.starts_with("remote")) => Some(Remote::Partly),
            () => Some(Remote::Yes),
        };
    }
    let real_trend = question.trends.iter().copied().find(|id| knowledge.trend(*id).slug.as_str() != "remote-work");
    let asks_trend = found.strong_trend || tokens.iter().any(|token| token.stem == "trend");
    let wants_feelings = found.likes_said && interests;
    if found.likes_said && !question.likes.is_empty() && !asks_trend && question.roles.is_empty() {
        filter.order = None;
        question.filter = filter;
        return Kind::Interests;
    }
    if !asks_trend && (filter.has_condition() || filter.order.is_some()) && (list_word || filter.has_condition()) && !(wants_feelings && !filter_strong(&filter)) {
        let filtered = filter.has_condition() || filter.order.is_some();
        if filtered && (list_word || filter_strong(&filter)) {
            filter.trend = real_trend;
            question.filter = filter;
            return Kind::List;
        }
    }

    // Trends.
    if question.trends.is_empty() && has(Cue::Remote) && tokens.iter().any(|token| matches!(token.stem.as_str(), "trend" | "article")) {
        question.trends.extend(knowledge.trend_ids().filter(|id| knowledge.trend(*id).slug.as_str() == "remote-work"));
    }
    if !question.trends.is_empty() && !(wants_feelings && !asks_trend) {
        let wants_roles = tokens.iter().any(|token| matches!(token.stem.as_str(), "job" | "role" | "career" | "profession" | "worker" | "professional" | "position" | "occupation" | "staff" | "hired" | "hire" | "hiring"))
            || tokens.iter().any(|token| token.word == "who");
        return if wants_roles { Kind::TrendRoles } else { Kind::Trend };
    }
    if trend_word && tokens.iter().any(|token| matches!(token.stem.as_str(), "trend" | "article" | "future")) {
        return Kind::Trends;
    }
    if interests && (found.likes_said || list_word || has(Cue::Choose) || has(Cue::Suits) || question.likes.len() + question.dislikes.len() >= 2) {
        question.filter = filter;
        return Kind::Interests;
    }
    if has(Cue::Choose) || (has(Cue::Suits) && list_word) || (found.newcomer && (list_word || has(Cue::Suits) || has(Cue::Training))) {
        return Kind::Choose;
    }
    if has(Cue::Thanks) && content <= 6 {
        return Kind::Thanks;
    }
    Kind::Search
}

/// "The cybersecurity trend": a role's name that stands for its trend. "Which trend touches coders" is another question.
fn trend_by_role(knowledge: &Knowledge, tokens: &[Token], question: &mut Question) -> Option<Kind> {
    let at = tokens.iter().position(|token| token.word == "trend")?;
    let before = at.checked_sub(1).map_or("", |place| tokens[place].word.as_str());
    if matches!(before, "which" | "what" | "any" | "a" | "each" | "every" | "other" | "some" | "one" | "") {
        return None;
    }
    if question.trends.is_empty() {
        let role = knowledge.role(*question.roles.first()?);
        question.trends.push(role.trends.first()?.trend);
    }
    question.roles.clear();
    let people = tokens.iter().any(|token| matches!(token.stem.as_str(), "job" | "role" | "career" | "worker" | "professional" | "people" | "who" | "hire" | "hired"));
    Some(if people { Kind::TrendRoles } else { Kind::Trend })
}

/// A question that names one of the role's tools ("do they use Python?") is about tools.
fn name_tool(knowledge: &Knowledge, question: &mut Question) {
    const MAKERS: &[&str] = &["microsoft", "google", "software", "system", "systems", "data", "health", "medical", "web", "adobe", "oracle", "amazon", "analysis", "management", "information", "studio", "electronic", "record", "language"];
    let Some(id) = question.roles.first() else { return };
    let named = knowledge.role(*id).tools.iter().any(|tool| {
        tool.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).any(|word| word.len() > 2 && !MAKERS.contains(&word.as_str()) && question.words.contains(&word))
    });
    if named && (question.asks.is_empty() || question.asks == [Cue::Duties]) {
        question.asks = vec![Cue::Tools];
    }
}

/// The reading that other words of the question settle: "social worker in a hospital" is a hospital social worker.
fn settled(lexicon: &Lexicon, tokens: &[Token], readings: &[RoleId]) -> Option<RoleId> {
    let stems: Vec<&str> = tokens.iter().filter(|token| token.number.is_none() && !STOP_WORDS.contains(&token.stem.as_str())).map(|token| token.stem.as_str()).collect();
    let overlaps: Vec<(RoleId, f32)> = lexicon
        .by_title(&stems)
        .into_iter()
        .filter_map(|(topic, overlap)| match topic {
            Topic::Role(id) if readings.contains(&id) => Some((id, overlap)),
            _ => None,
        })
        .collect();
    let (id, best) = *overlaps.first()?;
    let second = overlaps.get(1).map_or(0.0, |(_, overlap)| *overlap);
    (best >= TITLE_OVERLAP && best - second >= CLEAR_LEAD).then_some(id)
}

/// A condition that asks for a list even without a word such as "jobs".
fn filter_strong(filter: &Filter) -> bool {
    filter.pay_min.is_some() || filter.pay_max.is_some() || filter.growth_min.is_some() || filter.growth_max.is_some() || filter.education_max.is_some() || filter.education_min.is_some() || filter.contact.is_some()
        || filter.remote.is_some() && filter.order.is_some()
        || filter.openings_min.is_some()
        || filter.order == Some(filter::Order::LeastSchooling)
}

/// Reasons to refuse that depend on what else the question says.
fn refuse(found: &Found, question: &mut Question, tokens: &[Token], named: bool) -> Option<Kind> {
    let has = |cue: Cue| found.cues.contains(&cue);
    let refused = |reason: Reason| found.reasons.contains(&reason);
    let refuse = |reason: Reason| Some(Kind::Refused(reason));

    if refused(Reason::Visa) {
        return refuse(Reason::Visa);
    }
    if refused(Reason::Opinion) {
        return refuse(Reason::Opinion);
    }
    if let Some(abroad) = &found.abroad
        && !found.home
    {
        question.outside = Some(abroad.clone());
        return refuse(Reason::Abroad);
    }
    if refused(Reason::Employer) {
        return refuse(Reason::Employer);
    }
    let stem = |words: &[&str]| tokens.iter().any(|token| words.contains(&token.stem.as_str()));
    let fees = stem(&["cost", "price", "expensive", "afford", "fee", "tuition", "debt"]) && (has(Cue::School) || stem(&["college", "university", "program", "degree", "training"]));
    if (refused(Reason::School) || fees) && !(fees && has(Cue::HowLong)) {
        return refuse(Reason::School);
    }
    if let Some(place) = found.cities.first() {
        let (city, state) = CITIES[usize::from(*place)];
        question.outside = Some(city.to_owned());
        question.city_state = State::from_code(state);
        let money = question.asks.contains(&Cue::Pay) || question.asks.contains(&Cue::Openings) || question.asks.contains(&Cue::Employment) || question.asks.is_empty();
        let state_asked = !question.states.is_empty() && tokens.iter().any(|token| token.stem == "state" || token.stem == "statewide");
        if (money && !state_asked) || !named {
            return refuse(Reason::City);
        }
    }
    let career = named || has(Cue::List) && !tokens.iter().all(|token| token.stem != "job" && token.stem != "career") || found.likes_said || question.asks.iter().any(|ask| matches!(ask, Cue::Pay | Cue::Training | Cue::License | Cue::Growth | Cue::Openings | Cue::Remote));
    if found.illness && found.own_body && !named && !(career && (found.likes_said || has(Cue::List))) {
        return refuse(Reason::Medical);
    }
    if refused(Reason::Other) && !named {
        return refuse(Reason::Other);
    }
    if let Some(place) = found.outside.first()
        && !named
        && question.trends.is_empty()
        && !(found.likes_said && !question.likes.is_empty())
        && !found.filter.has_condition()
    {
        question.outside = Some(place.to_string());
        return refuse(Reason::OtherJob);
    }
    None
}
