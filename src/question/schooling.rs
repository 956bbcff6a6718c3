//! Schooling in a question, as the least and the most that a list may ask for.
//!
//! Knows levels and years; knows nothing of which role asks for what.

use crate::knowledge::terms::Education;
use crate::question::bound::{Bound, bound, is_denied_through};
use crate::question::filter::Filter;
use crate::question::normalize::Token;
use crate::question::phrases::Words;

pub(super) fn read_education(words: &Words<'_>, filter: &mut Filter) {
    let tokens = words.tokens;
    let contains = |phrase: &&str| words.contain(phrase);
    let high_school =
        LEVELS.iter().any(|(level, phrases)| *level == Education::HighSchool && phrases.iter().any(contains));
    if !high_school && NO_DEGREE.iter().any(contains) {
        filter.education_max = Some(Education::Award);
        return;
    }
    if ["no med school", "without med school", "no medical school", "without medical school", "not med school"]
        .iter()
        .any(contains)
    {
        filter.education_max = Some(Education::Master);
        return;
    }
    let place = |level: &Education, phrases: &[&str]| {
        let (from, to) = phrases.iter().find_map(|phrase| position(words, phrase))?;
        Some((from, to, *level))
    };
    let mut levels: Vec<(usize, usize, Education)> =
        LEVELS.iter().filter_map(|(level, phrases)| place(level, phrases)).collect();
    levels.sort_unstable_by_key(|(from, ..)| *from);
    let mut denied_to = None;
    for (from, to, level) in levels {
        // "No master's or doctorate": what is denied once is denied to the end of the list.
        let goes_on = denied_to.is_some_and(|end| joined(tokens, end, from));
        let denied = goes_on || denied(tokens, from);
        denied_to = denied.then_some(to);
        match if denied { Bound::Below } else { bound(tokens, from, to, 4) } {
            Bound::Least => filter.education_min = Some(level),
            Bound::Most => filter.education_max = Some(level),
            Bound::Below => filter.education_max = lower(filter.education_max, below(level)),
            Bound::Exactly => {
                filter.education_min = Some(filter.education_min.map_or(level, |known| known.min(level)));
                filter.education_max = Some(filter.education_max.map_or(level, |known| known.max(level)));
            }
        }
    }
}

/// Whether nothing but "or", "nor", "and" and articles stands between two levels.
fn joined(tokens: &[Token], from: usize, to: usize) -> bool {
    let list = |token: &Token| matches!(token.word.as_str(), "or" | "nor" | "and" | "a" | "an" | "even" | "any");
    from < to && tokens[from..to].iter().all(list)
}

/// The lower of two levels, where there are two.
fn lower(one: Option<Education>, other: Option<Education>) -> Option<Education> {
    one.into_iter().chain(other).min()
}

/// "Less than 2 years of training", "a one-year program": the most schooling wanted. Years as BLS counts its levels: an
/// associate's degree is two, a bachelor's four, a master's six.
pub(super) fn schooling_in_years(tokens: &[Token]) -> Option<Education> {
    const COUNTS: &[(&str, f64)] =
        &[("one", 1.0), ("two", 2.0), ("three", 3.0), ("four", 4.0), ("six", 6.0), ("eight", 8.0), ("ten", 10.0)];
    const SCHOOLING: &[&str] =
        &["training", "school", "schooling", "college", "program", "course", "study", "studying"];
    /// What somebody wants to have done by then: "finish in 12 weeks", "start in under 6 months".
    const START: &[&str] =
        &["start", "finish", "finished", "done", "complete", "completed", "certified", "trained", "ready", "qualify"];
    (0..tokens.len()).find_map(|at| {
        let word = tokens[at].word.as_str();
        let counted = || COUNTS.iter().find(|(count, _)| *count == word).map(|(_, n)| *n);
        let years = tokens[at].number.or_else(counted).or_else(|| one_year(tokens, at).then_some(1.0))?;
        let months = match tokens.get(at + 1)?.word.as_str() {
            "year" | "years" | "yr" | "yrs" => 12.0 * years,
            "month" | "months" | "mo" | "mos" => years,
            "week" | "weeks" | "wk" | "wks" => years / 4.0,
            _ => return None,
        };
        let soon = at > 0 && matches!(tokens[at - 1].word.as_str(), "in" | "within" | "under" | "than");
        let near = tokens[at + 2..].iter().take(4).chain(&tokens[at.saturating_sub(4)..at]);
        let told = |token: &Token| {
            let word = token.word.as_str();
            SCHOOLING.contains(&word) || soon && START.contains(&word)
        };
        if !near.into_iter().any(told) {
            return None;
        }
        let short = denied(tokens, at) || bound(tokens, at, at + 1, 4) == Bound::Below;
        match months {
            ..24.0 => Some(Education::Award),
            ..48.0 => Some(if short && months <= 24.0 { Education::Award } else { Education::Associate }),
            ..72.0 => Some(if short { Education::Associate } else { Education::Bachelor }),
            _ => short.then_some(Education::Master),
        }
    })
}

#[rustfmt::skip]
const LEVELS: &[(Education, &[&str])] = &[
    (Education::HighSchool, &["high school", "ged", "hs diploma", "highschool", "secondary school", "left school", "school leaver", "a levels", "gcse", "gcses"]),
    (Education::Award, &["certificate", "nondegree award", "trade school", "vocational", "cert program", "certificate program"]),
    (Education::Associate, &["associate", "associates", "assoc", "2 year grad", "2 year degree", "two year degree", "2 yr degree", "community college", "2 years of college", "two years of college", "2 year college", "2year degree", "two year college"]),
    (Education::Bachelor, &["bachelor", "bachelors", "bach", "4 year grad", "4yr degree", "4 year college", "4 year degree", "four year degree", "undergrad degree", "undergraduate degree", "bsc", "college degree", "ba degree", "bs degree", "4 yr degree"]),
    (Education::Master, &["master", "masters", "msc", "graduate degree", "grad degree", "postgraduate degree"]),
    (Education::Doctoral, &["doctorate", "doctoral", "phd", "doctorates", "professional degree", "doctor degree"]),
];

#[rustfmt::skip]
const NO_DEGREE: &[&str] = &[
    "without a degree", "no degree", "without degree", "without college", "no college", "without a college degree", "without any degree", "without going to college", "without university", "no university", "without uni", "didnt go to college", "never went to college", "dont have a degree", "dont need a degree", "not need a degree", "no college degree", "without a uni degree", "without a university degree", "dont require a degree", "that dont need a degree", "degree not required", "no need for a degree", "without going to university", "skip college",
];

/// "Don't need a doctorate", "not a bachelor's": the level named is what is not wanted.
fn denied(tokens: &[Token], from: usize) -> bool {
    const BETWEEN: &[&str] = &[
        "need",
        "needs",
        "require",
        "requires",
        "required",
        "requiring",
        "want",
        "wants",
        "have",
        "having",
        "to",
        "a",
        "an",
        "the",
        "get",
        "getting",
        "any",
        "needing",
    ];
    is_denied_through(tokens, from, BETWEEN, 5)
}

/// "A year of college", "training under a year"; the "a year" of "100k a year" is no length of anything.
fn one_year(tokens: &[Token], at: usize) -> bool {
    let word = |place: Option<usize>| place.and_then(|place| tokens.get(place)).map_or("", |token| token.word.as_str());
    word(Some(at)) == "a"
        && (word(Some(at + 2)) == "of" || matches!(word(at.checked_sub(1)), "under" | "below" | "within" | "than"))
}

fn below(level: Education) -> Option<Education> {
    let place = Education::ALL.iter().position(|other| *other == level)?;
    Education::ALL.get(place.checked_sub(1)?).copied()
}

fn position(words: &Words<'_>, phrase: &str) -> Option<(usize, usize)> {
    let tokens = words.tokens;
    let (at, end) = words.find(phrase)?;
    // The word "degree" belongs to the level: "a bachelor's degree or higher".
    Some((
        at,
        if tokens.get(end).is_some_and(|token| matches!(token.stem.as_str(), "degree" | "diploma" | "level")) {
            end + 1
        } else {
            end
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::filter::check;

    #[test]
    fn levels_and_years_are_read() {
        check(
            "jobs needing a masters that pay more than 120k",
            Filter {
                education_min: Some(Education::Master),
                education_max: Some(Education::Master),
                pay_min: Some(120_000.0),
                ..Filter::default()
            },
        );
        check("certificate or less", Filter { education_max: Some(Education::Award), ..Filter::default() });
        check(
            "associate degree and 15 percent growth or better",
            Filter {
                education_min: Some(Education::Associate),
                education_max: Some(Education::Associate),
                growth_min: Some(15.0),
                ..Filter::default()
            },
        );
        check("at least a bachelor's degree", Filter { education_min: Some(Education::Bachelor), ..Filter::default() });
        check(
            "just a HS diploma, minimum 45k",
            Filter {
                education_min: Some(Education::HighSchool),
                education_max: Some(Education::HighSchool),
                pay_min: Some(45_000.0),
                ..Filter::default()
            },
        );
        for (question, most) in [
            ("less than 2 yrs of training", Education::Award),
            ("training under 2 years", Education::Award),
            ("a two year program", Education::Associate),
            ("6 months of school", Education::Award),
            ("a year of college", Education::Award),
            ("training under a yr", Education::Award),
            ("i dont want 8 years of school", Education::Master),
            ("less school than a bachelors", Education::Associate),
            ("something i can finish in 12 weeks", Education::Award),
            ("healthcare jobs i can start in under 6 months", Education::Award),
        ] {
            check(question, Filter { education_max: Some(most), ..Filter::default() });
        }
        for (question, most) in [
            ("jobs that dont need a doctorate or master", Education::Bachelor),
            ("that need no masters or bachelors", Education::Associate),
            ("that need neither a bachelors nor a masters", Education::Associate),
            ("no masters no doctorate", Education::Bachelor),
            ("without a master's or a doctoral degree", Education::Bachelor),
        ] {
            check(question, Filter { education_max: Some(most), ..Filter::default() });
        }
        check(
            "a bachelors or masters",
            Filter {
                education_min: Some(Education::Bachelor),
                education_max: Some(Education::Master),
                ..Filter::default()
            },
        );
        check("8 years of school is fine", Filter::default());
        for (question, least) in [
            ("which jobs pay over 100k a year after college", 100_000.0),
            ("jobs in a school that pay 60k a year", 60_000.0),
        ] {
            check(question, Filter { pay_min: Some(least), ..Filter::default() });
        }
    }
}
