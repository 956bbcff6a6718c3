//! What somebody likes and what not: each word for a trait of the work, with the feeling that goes with it.

use crate::knowledge::language::{Class, Plain};
use crate::knowledge::terms::Trait;
use crate::understanding::lexicon::{Meaning, Span};
use crate::understanding::mentions::Mentions;
use crate::understanding::polarity::in_unbothered;
use crate::understanding::reading::Reading;

/// Each trait goes with the nearest feeling before it in its sentence; one that is denied is not wanted; one with no feeling
/// is liked.
pub(crate) fn read(reading: &Reading, found: &mut Mentions) {
    for span in longest(reading) {
        let (kind, averse) = match span.meaning {
            Meaning::Class(Class::Trait(kind)) => (kind, false),
            Meaning::Class(Class::Averse(kind)) => (kind, true),
            _ => continue,
        };
        let name = reading.names.iter().any(|name| {
            matches!(
                name.meaning,
                Meaning::Role(_) | Meaning::Abbreviation(_) | Meaning::Outside(_)
            ) && name.overlaps(&span)
        });
        // "My kids mean that I can't": they are the asker's, and no liking.
        let own = span.start > 0 && reading.is(span.start - 1, Plain::Own);
        let counts = reading.covers(span.start, Plain::Counting);
        let kin =
            reading.covers(span.start, Plain::Kin) && reading.covers(span.end() - 1, Plain::Kin);
        if name || own || counts || kin || is_schooling(reading, &span) {
            continue;
        }
        // "The least physically demanding", "low stress": as little of a burden as can be.
        let near = span.start.saturating_sub(LITTLE_REACH)..span.start;
        let burden = BURDENS.contains(&kind);
        let little = burden && near.into_iter().any(|at| reading.is(at, Plain::Low));
        let feeling =
            feeling_before(reading, &span, burden).or(little.then_some(Feeling::Dislikes));
        let denied = reading.denied[span.start];
        // Denied and disliked at once is no liking: "don't hate blood" bears it.
        let dislikes = match (averse, denied, feeling) {
            // "Not a people person" likes what is quiet; "strangers" by itself is no wish.
            (true, denied, feeling) if kind == Trait::Quiet => {
                !(denied || feeling == Some(Feeling::Dislikes))
            }
            (true, true, _) | (true, _, Some(Feeling::Bears)) => continue,
            (true, false, _) => true,
            (false, _, Some(Feeling::Bears)) => continue,
            (false, denied, Some(Feeling::Dislikes)) => {
                !denied || feeling_is_negator(reading, &span)
            }
            (false, denied, _) => denied,
        };
        found.feelings |= averse || denied || feeling.is_some();
        let list = if dislikes {
            &mut found.dislikes
        } else {
            &mut found.likes
        };
        if !list.contains(&kind) {
            list.push(kind);
        }
    }
    let dislikes = found.dislikes.clone();
    found.likes.retain(|kind| !dislikes.contains(kind));
}

/// What nobody wants much of who says "little" of it.
pub(crate) const BURDENS: &[Trait] = &[
    Trait::Lifting,
    Trait::Blood,
    Trait::Shifts,
    Trait::Driving,
    Trait::Emergencies,
];
/// Words between "little" and a burden.
const LITTLE_REACH: usize = 3;

#[derive(Clone, Copy, PartialEq)]
enum Feeling {
    Likes,
    Dislikes,
    Bears,
}

/// Whether a liking is said of a trait in so many words.
pub(crate) fn is_liked(reading: &Reading, span: &Span) -> bool {
    feeling_before(reading, span, false) == Some(Feeling::Likes)
}

/// The trait words that stand in no longer one.
fn longest(reading: &Reading) -> Vec<Span> {
    let is_trait = |span: &&Span| {
        matches!(
            span.meaning,
            Meaning::Class(Class::Trait(_) | Class::Averse(_))
        )
    };
    let all: Vec<Span> = reading.spans.iter().filter(is_trait).copied().collect();
    let inside = |span: &Span| {
        all.iter().any(|other| {
            other.len > span.len
                && other.overlaps(span)
                && other.start <= span.start
                && span.end() <= other.end()
        })
    };
    all.iter().filter(|span| !inside(span)).copied().collect()
}

/// The nearest feeling that reaches a trait: before it in its sentence, with nothing between that ends its reach.
fn feeling_before(reading: &Reading, span: &Span, burden: bool) -> Option<Feeling> {
    for at in (0..=span.start).rev() {
        if !reading.together(at, span.start) || at < span.start && reading.is(at, Plain::ScopeEnd) {
            return None;
        }
        let reaches = |class: Plain| {
            reading
                .len_of(at, Class::Plain(class))
                .is_some_and(|len| at + len <= span.start || at + len >= span.end())
        };
        // "Good with numbers" likes them; "good with blood" bears it.
        if reaches(Plain::Unbothered) && (burden || !reaches(Plain::Like)) {
            return Some(Feeling::Bears);
        }
        if reaches(Plain::Dislike) && !in_unbothered(reading, at) {
            return Some(Feeling::Dislikes);
        }
        if reaches(Plain::Like) {
            return Some(Feeling::Likes);
        }
    }
    None
}

/// "Don't like blood" is one dislike, and not a denied one.
fn feeling_is_negator(reading: &Reading, span: &Span) -> bool {
    (0..span.start)
        .rev()
        .take_while(|at| reading.together(*at, span.start))
        .any(|at| {
            reading.is(at, Plain::Dislike)
                && (at..at + 2).any(|place| reading.is(place, Plain::Negator))
                || reading.is(at, Plain::Dislike)
                    && !(0..at).any(|place| reading.is(place, Plain::Negator))
        })
}

/// "No med school", "high school only": the words say how somebody learned, and nothing of the work.
fn is_schooling(reading: &Reading, span: &Span) -> bool {
    let level = |at: usize| {
        reading.classes(at).iter().any(|(class, len)| {
            matches!(
                class,
                Class::Level(_) | Class::Plain(Plain::NoDegree | Plain::NoMedicalSchool)
            ) && at < span.end()
                && span.start < at + len
        })
    };
    (span.start.saturating_sub(5)..span.end()).any(level)
}

/// The fields of work that a list can be narrowed to; the other traits say what somebody is like.
pub(crate) const FIELDS: &[Trait] = &[
    Trait::Imaging,
    Trait::Lab,
    Trait::Genetics,
    Trait::Teeth,
    Trait::Leading,
    Trait::Children,
    Trait::OlderAdults,
    Trait::MentalHealth,
    Trait::Computers,
    Trait::Numbers,
    Trait::Emergencies,
    Trait::Surgery,
    Trait::Food,
    Trait::Pregnancy,
    Trait::Animals,
    Trait::Movement,
    Trait::Medicines,
    Trait::Law,
    Trait::Science,
    Trait::HandsOn,
    Trait::Machines,
    Trait::Teaching,
];
