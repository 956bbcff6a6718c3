//! What a question as a whole asks: the decision table over everything found in it.
//!
//! Names first, then reasons to refuse, then intents. Every rule is general; none is made for one question.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::knowledge::{Knowledge, Topic};
use crate::question::cues::Cue;
use crate::question::decide::{decide, filter_strong};
use crate::question::detail::detail;
use crate::question::found::Found;
use crate::question::lexicon::{Lexicon, Meaning, Span};
use crate::question::normalize::{self, Token};
use crate::question::pace::pace;
use crate::question::ranks::states_ranked;
use crate::question::recall::{list_in_state, list_narrowed, recall};
use crate::question::{Filter, Fit, Kind, Question, Readings, Remembered, names};

/// Overlap with a title from which a role counts as named without any of its names standing there word for word.
/// Measured on the working half of the questions: reworded titles reach 0.5, chance overlaps stay below 0.4.
pub(super) const TITLE_OVERLAP: f32 = 0.5;

/// Overlap from which a reworded title beats a one-word name that stands there word for word.
const SURE_OVERLAP: f32 = 0.85;

/// How a question is told: the more it sounds like a description, the less of it has to fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Told {
    /// Neither of the two.
    Plainly,
    /// By somebody about themselves.
    FirstPerson,
    /// "Who ...", "the person that ...".
    Describing,
    /// The same, with nothing named or corrected beside it.
    OnlyDescribing,
}

/// From where on a fit counts: fewest words shared with one description, least share of the question held, least score,
/// least lead over the next role. Set so that no refusal of the working half is lost.
struct Bar {
    told: Told,
    words: usize,
    share: f32,
    score: f32,
    lead: f32,
}

#[rustfmt::skip]
const BARS: &[Bar] = &[
    Bar { told: Told::Describing, words: 2, share: 0.35, score: 6.0, lead: 1.0 },
    Bar { told: Told::Describing, words: 1, share: 0.3, score: 6.4, lead: 1.25 },
    Bar { told: Told::OnlyDescribing, words: 1, share: 0.95, score: 3.0, lead: 1.2 },
    Bar { told: Told::FirstPerson, words: 2, share: 0.4, score: 6.0, lead: 1.0 },
    Bar { told: Told::FirstPerson, words: 3, share: 0.35, score: 8.0, lead: 1.0 },
    Bar { told: Told::Plainly, words: 3, share: 0.5, score: 8.0, lead: 1.0 },
    Bar { told: Told::Plainly, words: 2, share: 0.35, score: 12.0, lead: 1.4 },
];
/// From any of these on (words, share, score), whatever else the question seems to name is part of the description.
const IN_FULL: &[(usize, f32, f32)] = &[(4, 0.55, 0.0), (3, 0.75, 0.0), (2, 0.7, 12.0), (3, 0.35, 15.0)];
/// Roles that score less than this share of the best one are not meant.
const STILL_FITS: f32 = 0.6;
/// Most roles taken to be described.
const MOST_FITS: usize = 6;

/// Words that carry no meaning of their own in a question; they are searched for only when nothing else remains.
#[rustfmt::skip]
const STOP_WORDS: &[&str] = &[
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "with", "and", "or", "is", "are", "am", "was", "be", "been", "it", "its", "im", "i", "me", "my", "you", "your", "u", "ur", "we", "they", "them", "their", "he", "she", "do", "does", "did", "dont", "can", "could", "would", "should", "will", "what", "whats", "which", "who", "how", "when", "where", "why", "that", "this", "these", "those", "there", "have", "has", "had", "so", "if", "but", "not", "no", "yes", "just", "like", "really", "very", "much", "many", "about", "from", "as", "by", "get", "got", "any", "some", "all", "more", "most", "than", "then", "too", "also", "please", "pls", "hey", "hi", "hello", "tell", "give", "want", "need", "know", "think", "one", "out", "up", "if", "because", "into", "lol", "ok", "okay", "make", "makes", "wanna", "gonna", "going", "thing", "stuff", "people", "someone", "somebody", "person", "good", "best", "job", "jobs", "career", "careers", "role", "work", "working", "healthcare", "health", "field", "kind", "type", "medicine",
];

/// The same, to be asked of every word of every question.
static STOPS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    // As they are written and as their stems: the rule makes "doe" of "does".
    STOP_WORDS.iter().flat_map(|word| [(*word).to_owned(), normalize::singular(word).into_owned()]).collect()
});

/// Understands a text. `remembered` is what the same person last spoke of in the same place, if anything.
pub fn understand(knowledge: &Knowledge, lexicon: &Lexicon, text: &str, remembered: Option<&Remembered>) -> Question {
    let clean = normalize::clean(text);
    let mut tokens = clean.tokens;
    fold_words(&mut tokens);
    let corrections = lexicon.speller().mend(&mut tokens, |word| lexicon.knows(word));
    let spans = lexicon.spans(&tokens);
    let chosen = names::choose(&tokens, &spans);
    let found = Found::new(knowledge, lexicon, &tokens, &spans, &chosen);

    let words = content_words(&tokens);
    let describes = describes(&tokens, &found);
    let told = match () {
        () if describes && found.roles.is_empty() && found.readings.is_none() && corrections.is_empty() => {
            Told::OnlyDescribing
        }
        () if describes => Told::Describing,
        () if first_person(&tokens) => Told::FirstPerson,
        () => Told::Plainly,
    };
    // A name of several words says more than any description.
    let named = !found.roles.is_empty() && !found.single_word;
    let described = if named { Vec::new() } else { described(lexicon, &tokens, told) };
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
        states_ranked: states_ranked(&tokens, &spans),
        pace: pace(&tokens),
        detail: detail(&tokens),
        filter: Filter::default(),
        likes: found.likes.clone(),
        dislikes: found.dislikes.clone(),
        outside: None,
        city_state: None,
        describes,
        told_in_full: described.first().is_some_and(in_full),
        described,
        outside_beside: found
            .outside
            .iter()
            .filter_map(|place| knowledge.outside.get(usize::from(*place)))
            .map(|outside| outside.title.clone())
            .collect(),
        not_held: found.cues.contains(&Cue::NotHeld),
        recalled: false,
        words,
    };
    if let Some(filter) = list_in_state(&question, &found, &tokens, &spans, remembered) {
        question.filter = filter;
        question.kind = Kind::List;
        question.recalled = true;
        return question;
    }
    if let Some(filter) = list_narrowed(&question, &found, &tokens, remembered) {
        question.filter = filter;
        question.kind = Kind::List;
        question.recalled = true;
        return question;
    }
    recall(&mut question, &found, &tokens, &spans, remembered);
    question.kind = decide(knowledge, lexicon, &tokens, &spans, &found, &mut question);
    if let ([state], Kind::List | Kind::Interests) = (question.states.as_slice(), question.kind) {
        question.filter.state = Some(*state);
    }
    if question.kind == Kind::Roles && found.single_word && mostly_unknown(lexicon, &tokens, &question) {
        // One known word among gibberish: whether it is meant is asked, and not taken for granted.
        question.kind = Kind::Ambiguous;
        question.readings = Some(Readings { term: String::new(), roles: question.roles.clone() });
    }
    if question.kind == Kind::Roles
        && question.asks.is_empty()
        && (found.filter.pay_min.is_some() || found.filter.pay_max.is_some())
    {
        // "Is 80k a lot for a respiratory therapist": a sum of money is asked about.
        question.asks = vec![Cue::Pay];
    }
    if question.kind == Kind::Roles && question.asks.is_empty() && question.states_ranked.is_some() {
        // "Best state for nurses": what differs most by state is pay.
        question.asks = vec![Cue::Pay];
    }
    let only_place = question.asks.is_empty() || question.asks == [Cue::Duties] && !found.cues.contains(&Cue::Duties);
    if only_place
        && !question.states.is_empty()
        && matches!(question.kind, Kind::Roles | Kind::Compare | Kind::Ambiguous)
    {
        // A role and a state, and nothing else: what differs by state is pay.
        question.asks = vec![Cue::Pay];
    }
    question
}

/// Whether nothing is asked, and most words that could carry meaning are known neither to the knowledge nor to English.
fn mostly_unknown(lexicon: &Lexicon, tokens: &[Token], question: &Question) -> bool {
    const FEWEST: usize = 3;
    if !question.asks.is_empty() || question.recalled || question.roles.len() != 1 {
        return false;
    }
    let content = || tokens.iter().filter(|token| token.number.is_none() && !is_stop_word(&token.stem));
    let unknown = content().filter(|token| !lexicon.speller().knows(token)).count();
    unknown >= FEWEST && unknown * 2 > content().count()
}

/// "per cent" is "percent"; "ppl" is "people"; "w/o" is "without".
fn fold_words(tokens: &mut Vec<Token>) {
    for token in tokens.iter_mut().filter(|token| token.word == "ppl") {
        token.word = "people".to_owned();
        token.stem = "people".to_owned();
    }
    let mut at = 0;
    while at + 1 < tokens.len() {
        let joined = match (tokens[at].word.as_str(), tokens[at + 1].word.as_str()) {
            ("per", "cent") => Some("percent"),
            ("e", "mail") => Some("email"),
            ("w", "o") => Some("without"),
            _ => None,
        };
        if let Some(noun) = second_half(&tokens[at..]) {
            tokens.insert(at + 1, noun);
        }
        if let Some(word) = joined {
            tokens[at].word = word.to_owned();
            tokens[at].stem = word.to_owned();
            tokens.remove(at + 1);
        }
        at += 1;
    }
}

/// "North and South Carolina" names two states: the noun that the first half lacks.
fn second_half(tokens: &[Token]) -> Option<Token> {
    let [first, joint, second, noun, ..] = tokens else { return None };
    let half = |token: &Token| matches!(token.word.as_str(), "north" | "south");
    let joins = matches!(joint.word.as_str(), "and" | "or" | "vs" | "versus" | "to" | "n");
    let noun = Some(noun).filter(|noun| matches!(noun.word.as_str(), "carolina" | "dakota"))?;
    (half(first) && joins && half(second)).then(|| noun.clone())
}

/// Whether a word carries no meaning of its own.
pub fn is_stop_word(stem: &str) -> bool {
    STOPS.contains(stem)
}

fn content_words(tokens: &[Token]) -> Vec<String> {
    let all = || tokens.iter().filter(|token| token.number.is_none()).map(|token| token.stem.clone());
    let content: Vec<String> = all().filter(|stem| !is_stop_word(stem)).collect();
    if content.is_empty() { all().collect() } else { content }
}

/// "Who draws blood", "the person who fits hearing aids", "what do you call someone that", or a wish in the first person.
fn describes(tokens: &[Token], found: &Found) -> bool {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.word.as_str());
    let starts_with_who = word(0) == "who" && !matches!(word(1), "won" | "is" | "was" | "made" | "are");
    let person = tokens.windows(2).any(|pair| {
        matches!(
            pair[0].stem.as_str(),
            "person" | "people" | "lady" | "guy" | "one" | "someone" | "somebody" | "job" | "nurse"
        ) && matches!(pair[1].word.as_str(), "who" | "that" | "whos" | "where" | "which")
    });
    // "Turns what the doctor wrote into codes": a sentence without its "somebody who".
    let verb = word(0).len() > 3
        && word(0).ends_with('s')
        && !word(0).ends_with("ss")
        && tokens.len() >= 6
        && !matches!(
            word(0),
            "whats" | "hows" | "does" | "jobs" | "careers" | "roles" | "thats" | "its" | "wheres" | "whens"
        );
    starts_with_who || person || verb || (found.likes_said && tokens.len() >= 5)
}

/// Whether somebody tells of themselves.
fn first_person(tokens: &[Token]) -> bool {
    tokens.len() >= 5
        && tokens.iter().any(|token| matches!(token.word.as_str(), "i" | "im" | "ive" | "my" | "me" | "id"))
}

/// The roles whose everyday descriptions fit the question well enough, by the bars of [`BARS`].
fn described(lexicon: &Lexicon, tokens: &[Token], told: Told) -> Vec<Fit> {
    let mut fits = lexicon.descriptions().fits(tokens);
    let Some(best) = fits.first().copied() else { return fits };
    let lead = fits.get(1).map_or(f32::INFINITY, |second| best.score / second.score.max(f32::EPSILON));
    let reaches = |bar: &Bar| {
        told >= bar.told
            && best.words >= bar.words
            && best.share >= bar.share
            && best.score >= bar.score
            && lead >= bar.lead
    };
    if !BARS.iter().any(reaches) && !in_full(&best) {
        return Vec::new();
    }
    fits.retain(|fit| fit.score >= best.score * STILL_FITS);
    fits.truncate(MOST_FITS);
    fits
}

/// Whether so much of the question stands in a role's descriptions that nothing else can be meant.
fn in_full(fit: &Fit) -> bool {
    IN_FULL.iter().any(|(words, share, score)| fit.words >= *words && fit.share >= *share && fit.score >= *score)
}

/// A role whose title is reworded ("assistant to physical therapists") counts as named when nothing else is.
pub(super) fn by_title(lexicon: &Lexicon, tokens: &[Token], spans: &[Span], found: &Found, question: &mut Question) {
    // A single everyday word ("nurse") gives way to a title that the question rewords ("anesthetist nurse").
    let single = found.single_word && question.roles.len() <= 1 && !question.recalled;
    let named = !question.roles.is_empty() || question.readings.is_some();
    let roles_of_trend = !question.trends.is_empty()
        && (found.cues.contains(&Cue::List) || tokens.iter().any(|token| token.word == "who"));
    let conditions = filter_strong(&found.filter);
    // A name that is left out is no part of another.
    if found.filter.leaves_out() && !named {
        return;
    }
    if (roles_of_trend || conditions) && !named {
        return;
    }
    if (named && !single) || found.likes_said {
        return;
    }
    let enough = if named { SURE_OVERLAP } else { TITLE_OVERLAP };
    let cue_at = |at: usize| {
        spans.iter().any(|span| {
            span.start <= at
                && at < span.end()
                && matches!(span.meaning, Meaning::Cue(_) | Meaning::State(_) | Meaning::City(_))
        })
    };
    let content = tokens.iter().enumerate().filter(|(at, token)| {
        let counts = token.number.is_none() && !is_stop_word(&token.stem);
        // "Vet tech vs nurse": the other occupation is no part of the role's title.
        counts && !cue_at(*at) && !(named && found.outside_at[*at])
    });
    let stems: Vec<&str> = content.map(|(_, token)| token.stem.as_str()).collect();
    // One word rewords no title: "while i look after my cat" is about no scanner.
    if lexicon.titles().words_among(&stems) < 2 {
        return;
    }
    let ranked = lexicon.titles().nearest(&stems);
    if let Some((Topic::Role(id), overlap)) = ranked.first()
        && *overlap >= enough
        && question.roles.first() != Some(id)
    {
        question.roles = vec![*id];
        let term = stems.join(" ");
        question.readings = Some(Readings { term, roles: vec![*id] });
    }
}
