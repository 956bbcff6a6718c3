//! What stands in a question, sorted by what it is: roles, places, intents, likes, reasons to refuse.
//!
//! Knows where a word stands and what stands beside it; what the question as a whole asks is decided elsewhere.

use crate::knowledge::glossary::Choice;
use crate::knowledge::terms::Trait;
use crate::knowledge::{Knowledge, RoleId, State, Topic, TrendId};
use crate::question::cues::Cue;
use crate::question::lexicon::{Lexicon, Meaning, Span};
use crate::question::likes::OPPOSITES;
use crate::question::normalize::Token;
use crate::question::refusals::Reason;
use crate::question::{Filter, Readings, filter};

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
            covered: vec![false; tokens.len()],
        };
        found.single_word = chosen
            .iter()
            .filter(|span| matches!(span.meaning, Meaning::Role(_) | Meaning::Abbreviation(_) | Meaning::Term(_)))
            .all(|span| span.len == 1);
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

    /// Whether a phrase shows the reason to refuse.
    pub(super) fn refused(&self, reason: Reason) -> bool {
        self.reasons.iter().any(|(shown, _)| *shown == reason)
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
            Meaning::Abroad if span.start > 0 && tokens[span.start - 1].word == "from" => {}
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
                Meaning::Cue(cue) if !inside_name => {
                    if !self.cues.contains(&cue) {
                        self.cues.push(cue);
                    }
                    self.cue_places.push((cue, span.start));
                }
                Meaning::Refusal(reason) => self.reasons.push((reason, span.start)),
                Meaning::Illness if !inside_name => self.illness = true,
                Meaning::OwnBody => self.own_body = true,
                Meaning::Home => {
                    self.home |= tokens[span.start].upper || tokens[span.start].word != "us" || span.len > 1
                }
                _ => {}
            }
        }
        self.asks = asks(&self.cues, tokens);
        // Two questions in one are answered in their order.
        let place = |ask: &Cue| {
            self.cue_places.iter().filter(|(cue, _)| makes(*cue) == *ask).map(|(_, at)| *at).min().unwrap_or(usize::MAX)
        };
        self.asks.sort_by_key(place);
    }

    /// Likes and dislikes: each trait word goes with the nearest "like" or "hate" before it in its sentence; a word
    /// without either counts as liked when the question says somewhere what the writer likes.
    fn take_traits(&mut self, tokens: &[Token], spans: &[Span], chosen: &[Span]) {
        let in_role = |span: &Span| {
            chosen.iter().any(|name| {
                matches!(name.meaning, Meaning::Role(_) | Meaning::Abbreviation(_))
                    && name.len > 1
                    && name.overlaps(span)
            })
        };
        let feelings: Vec<(&Span, bool)> = spans
            .iter()
            .filter_map(|span| match span.meaning {
                Meaning::Like if !compares(tokens, span) => Some((span, true)),
                Meaning::Dislike if !is_about_schooling(tokens, span) => Some((span, false)),
                _ => None,
            })
            .collect();
        for span in spans {
            let Meaning::Trait(kind) = span.meaning else { continue };
            if in_role(span) || is_about_learning_or_lists(tokens, spans, span) {
                continue;
            }
            let inside_longer = spans.iter().any(|other| {
                matches!(other.meaning, Meaning::Trait(_))
                    && other.len > span.len
                    && other.overlaps(span)
                    && other.meaning != span.meaning
                    && other.start <= span.start
                    && other.end() >= span.end()
            });
            if inside_longer {
                continue;
            }
            let within = feelings.iter().find(|(feeling, _)| {
                feeling.len > span.len && feeling.start <= span.start && feeling.end() >= span.end()
            });
            let before = feelings
                .iter()
                .filter(|(feeling, _)| {
                    feeling.end() <= span.start
                        && tokens[feeling.start].sentence == tokens[span.start].sentence
                        && !ends_before(tokens, feeling, span)
                })
                .max_by_key(|(feeling, like)| (feeling.end(), feeling.len, !*like));
            let after = feelings
                .iter()
                .filter(|(feeling, _)| {
                    feeling.start >= span.end()
                        && feeling.start <= span.end() + if feeling.len > 1 { 3 } else { 1 }
                        && tokens[feeling.start].sentence == tokens[span.start].sentence
                        && matches!(
                            tokens[feeling.start].word.as_str(),
                            "bore"
                                | "bores"
                                | "is"
                                | "isnt"
                                | "scares"
                                | "fascinate"
                                | "fascinates"
                                | "makes"
                                | "make"
                                | "freaks"
                                | "freak"
                                | "gross"
                                | "grosses"
                        )
                })
                .min_by_key(|(feeling, _)| feeling.start);
            let (likes, said) = match (within.or(before), after) {
                (_, Some((_, like))) => (*like, true),
                (Some((_, like)), None) => (*like, true),
                (None, None) => (true, false),
            };
            self.likes_said |= said;
            let likes = likes != names_the_opposite(tokens, span);
            let list = if likes { &mut self.likes } else { &mut self.dislikes };
            if !list.contains(&kind) {
                list.push(kind);
            }
        }
        let dislikes = self.dislikes.clone();
        self.likes.retain(|kind| !dislikes.contains(kind));
    }
}

/// "What is rent like around here": the word does not say what somebody likes.
fn compares(tokens: &[Token], span: &Span) -> bool {
    const LIKING: &[&str] = &[
        "i", "you", "we", "they", "people", "who", "that", "really", "also", "would", "id", "do", "dont", "not", "and",
        "always", "to", "just", "kinda", "actually", "he", "she", "both", "u", "mostly", "still", "but", "might",
    ];
    let before = span.start.checked_sub(1).map(|at| tokens[at].word.as_str());
    tokens[span.start].word == "like"
        && span.len == 1
        && tokens.first().is_some_and(|first| matches!(first.word.as_str(), "what" | "whats" | "how" | "hows"))
        && before.is_some_and(|before| !LIKING.contains(&before))
}

/// "No degree, helping people": what is not wanted is the schooling, and nothing that stands after it.
fn is_about_schooling(tokens: &[Token], span: &Span) -> bool {
    const BETWEEN: &[&str] = &["a", "an", "any", "need", "needing", "have", "having", "med", "medical", "high"];
    const SCHOOLING: &[&str] =
        &["degree", "diploma", "college", "school", "schooling", "university", "license", "licence", "experience"];
    is_bare_no(tokens, span)
        && tokens[span.end()..]
            .iter()
            .take(3)
            .find(|token| !BETWEEN.contains(&token.stem.as_str()))
            .is_some_and(|token| SCHOOLING.contains(&token.stem.as_str()))
}

/// "Hate talking to strangers", "not a people person": the words stand for their trait by its opposite.
fn names_the_opposite(tokens: &[Token], span: &Span) -> bool {
    let stems = || tokens[span.start..span.end()].iter().map(|token| token.stem.as_str());
    OPPOSITES.iter().any(|phrase| stems().eq(phrase.split(' ')))
}

fn is_bare_no(tokens: &[Token], span: &Span) -> bool {
    span.len == 1 && matches!(tokens[span.start].word.as_str(), "no" | "without" | "not" | "never")
}

/// "No blood, hands on": a bare "no" ends at the comma, unless an "or" says that the list of what is not wanted goes on.
fn ends_before(tokens: &[Token], feeling: &Span, span: &Span) -> bool {
    let between = feeling.end() + 1..=span.start;
    let goes_on = || {
        tokens[feeling.end()..]
            .iter()
            .take_while(|token| token.sentence == tokens[span.start].sentence)
            .any(|token| matches!(token.word.as_str(), "or" | "nor"))
    };
    is_bare_no(tokens, feeling) && tokens[between].iter().any(|token| token.after_comma) && !goes_on()
}

/// "High school only", "no med school", "list the jobs": the words say how somebody learned or what is asked for; children are
/// meant by "schools" and "in a school", paperwork by "lists".
fn is_about_learning_or_lists(tokens: &[Token], spans: &[Span], span: &Span) -> bool {
    let word = |back: usize| span.start.checked_sub(back).map_or("", |at| tokens[at].word.as_str());
    let in_a = matches!(word(2), "in" | "at") && matches!(word(1), "a" | "the" | "my");
    let singular = span.len == 1 && tokens[span.start].word == tokens[span.start].stem;
    let asked = |cue: Cue| matches!(cue, Cue::School | Cue::List);
    let kind_of_school = span.len == 1 && tokens.get(span.end()).is_some_and(|next| next.stem == "school");
    kind_of_school
        || singular
            && !in_a
            && spans
                .iter()
                .any(|other| matches!(other.meaning, Meaning::Cue(cue) if asked(cue)) && other.overlaps(span))
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
    let article = usize::from(matches!(word(1), "a" | "an" | "the" | "be" | "being"));
    let farther = if article == 1 && matches!(word(2), "be" | "being" | "become") { 2 } else { article };
    name && match (word(2 + farther), word(1 + farther)) {
        (_, "not" | "except" | "besides") => {
            !matches!(word(2 + farther), "why" | "or" | "if" | "whether" | "is" | "does" | "do" | "am" | "im")
        }
        ("other", "than") | ("anything", "but") | ("instead", "of") | ("want", "to")
            if farther > 0 || word(1) != "to" =>
        {
            matches!((word(3 + farther), word(2 + farther)), ("dont", "want") | (_, "other" | "anything" | "instead"))
        }
        ("refuse", "to") => true,
        _ => false,
    }
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
    add(
        Cue::Pay,
        has(Cue::Pay)
            || (has(Cue::HowMuch)
                && !schooling
                && !has(Cue::Growth)
                && !has(Cue::Openings)
                && !has(Cue::Employment)
                && !has(Cue::Remote)),
    );
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
    if has(Cue::Make)
        && (word("make") || word("makes") || word("making"))
        && (weak || asks == [Cue::Training])
        && !word("sure")
        && !word("good")
    {
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
