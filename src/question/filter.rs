//! "Remote jobs with an associate degree that pay over 60k" as conditions and an order.
//!
//! Knows how people word conditions; knows nothing of which role meets them.

use crate::knowledge::TrendId;
use crate::knowledge::terms::{Contact, Education, Interest, License, Remote, Trait};
use crate::question::family::Family;
use crate::question::normalize::Token;

/// What a list is sorted by, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Order {
    /// Highest median pay first.
    BestPaid,
    /// Lowest median pay first.
    LowestPaid,
    /// Fastest projected growth first.
    FastestGrowing,
    /// Slowest growth first.
    SlowestGrowing,
    /// Most openings a year first.
    MostOpenings,
    /// Most jobs first.
    MostJobs,
    /// Least schooling first, then best paid.
    LeastSchooling,
    /// By title; no question asks for it, a menu does.
    Title,
}

/// Conditions that a role must meet; an empty one is met by every role.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filter {
    /// Remote work: any of these; none of them asks for nothing.
    pub remote: &'static [Remote],
    /// Least typical entry education.
    pub education_min: Option<Education>,
    /// Most typical entry education.
    pub education_max: Option<Education>,
    /// Least median pay, USD a year.
    pub pay_min: Option<f64>,
    /// Most median pay, USD a year.
    pub pay_max: Option<f64>,
    /// Least growth over the projected period, percent.
    pub growth_min: Option<f64>,
    /// Growth below this, percent.
    pub growth_max: Option<f64>,
    /// Least openings a year.
    pub openings_min: Option<f64>,
    /// Contact with patients: any of these; none of them asks for nothing.
    pub contact: &'static [Contact],
    /// License.
    pub license: Option<License>,
    /// A trend that touches it.
    pub trend: Option<TrendId>,
    /// The family of roles it belongs to.
    pub family: Option<&'static Family>,
    /// What the work must be like.
    pub traits: Vec<Trait>,
    /// What the work must not be like.
    pub avoid: Vec<Trait>,
    /// One of the role's own interest types.
    pub interest: Option<Interest>,
    /// Order; best paid where nothing is said.
    pub order: Option<Order>,
}

impl Filter {
    /// Whether anything at all is asked for.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether some condition (not only an order) is set.
    pub fn has_condition(&self) -> bool {
        Self { order: None, ..self.clone() } != Self::default()
    }
}

/// Traits that name a field of work, so that a list can be narrowed to it; the others say what somebody is like.
#[rustfmt::skip]
pub const FIELDS: &[Trait] = &[
    Trait::Imaging, Trait::Lab, Trait::Genetics, Trait::Teeth, Trait::Leading, Trait::Children, Trait::OlderAdults, Trait::MentalHealth, Trait::Computers, Trait::Numbers, Trait::Emergencies, Trait::Surgery, Trait::Food, Trait::Pregnancy, Trait::Movement, Trait::Medicines, Trait::Law, Trait::Science, Trait::HandsOn, Trait::Teaching,
];

/// Reads the conditions and the order from the tokens. Remote work and the trend are set by the caller, who knows the
/// names in the question.
pub fn read(tokens: &[Token]) -> Filter {
    let mut filter = Filter::default();
    let words = Words::new(tokens);
    read_numbers(&words, &mut filter);
    read_education(&words, &mut filter);
    if filter.education_min.is_none() && filter.education_max.is_none() {
        filter.education_max = schooling_in_years(tokens);
    }
    let has = |phrase: &str| words.contain(phrase);
    if NO_PATIENTS.iter().any(|phrase| has(phrase)) || no_patients(tokens) {
        filter.contact = &[Contact::None];
    } else if no_touching(tokens) {
        filter.contact = &[Contact::None, Contact::Some];
    }
    if ["no license", "without a license", "no licence", "without a licence", "without license", "dont need a license"]
        .iter()
        .any(|phrase| has(phrase))
    {
        filter.license = Some(License::None);
    }
    filter.order = ORDERS.iter().find(|(_, phrases)| phrases.iter().any(|phrase| has(phrase))).map(|(order, _)| *order);
    if [
        "shrinking",
        "declining",
        "shrink",
        "decline",
        "losing jobs",
        "dying",
        "negative growth",
        "going down",
        "disappearing",
        "going away",
    ]
    .iter()
    .any(|phrase| has(phrase))
        && filter.growth_min.is_none()
    {
        filter.growth_max = Some(0.0);
        filter.order = Some(Order::SlowestGrowing);
    }
    filter
}

#[rustfmt::skip]
const NO_PATIENTS: &[&str] = &["no patient", "no patients", "without patients", "without patient", "behind the scenes", "non patient", "non clinical", "nonclinical", "away from patients", "zero patient", "no bedside"];

#[rustfmt::skip]
const ORDERS: &[(Order, &[&str])] = &[
    (Order::LeastSchooling, &["least school", "least schooling", "shortest training", "quickest to get into", "least education", "least training", "quick to get into", "shortest", "quickest", "fastest to get into", "fastest to train", "fastest way into", "quickest way into", "fastest way to get into", "quickest way to get into", "easiest to get into", "least amount of school", "least amount of training", "shortest program", "hate school", "hate studying", "done with school", "bad at school", "not good at school", "no experience", "without experience", "without any experience", "entry level job", "entry level jobs", "entry level position", "entry level positions", "entry level role", "entry level roles", "entry level work", "entry level healthcare"]),
    (Order::LowestPaid, &["lowest paid", "lowest paying", "worst paid", "worst paying", "least paid", "lowest salary", "lowest pay", "pay the least", "lowest wage", "least pay", "least money", "poorest paid", "pays the least", "earn the least", "badly paid", "low paid"]),
    (Order::SlowestGrowing, &["slowest growing", "slowest", "least growth", "growing least", "worst outlook"]),
    (Order::FastestGrowing, &["fastest growing", "fastest growth", "growing fastest", "growing the fastest", "most growth", "highest growth", "grow fastest", "grow the fastest", "grow most", "growing most", "biggest growth", "best outlook", "best job outlook", "most in demand", "most demand", "highest demand", "quickest growing", "growing quickest", "top growth", "fast growing", "growing fast", "best growth", "booming", "high growth", "best prospects", "strongest growth", "best future", "growing", "in demand", "strong growth", "grow"]),
    (Order::MostOpenings, &["most openings", "most job openings", "most vacancies", "most yearly openings", "most annual openings", "many openings", "lots of openings", "highest openings", "most positions", "easiest to find"]),
    (Order::MostJobs, &["most jobs", "most people work", "biggest", "largest", "most common", "most workers", "employs the most"]),
    (Order::BestPaid, &["best paid", "best paying", "highest paid", "highest paying", "most money", "pay the most", "pays the most", "pays most", "pay most", "top paid", "top paying", "highest salary", "highest salaries", "best salary", "highest pay", "best pay", "earn the most", "earn most", "make the most", "makes the most", "make most", "highest wage", "well paid", "good pay", "good money", "pay well", "pays well", "high paying", "high pay", "well paying", "better paid", "good paying", "decent pay", "decent money", "most paid", "paid the most", "high salary", "big money", "richest", "highest earning", "top earning", "high earning", "best money", "highest earners", "earners", "top earners", "good salary"]),
];

/// The words of a question, to look for phrases in. Hundreds are looked for in each question and hardly one is there: a mark
/// for the first two letters of each word tells most of them at once.
struct Words<'a> {
    tokens: &'a [Token],
    marks: u64,
}

impl<'a> Words<'a> {
    fn new(tokens: &'a [Token]) -> Self {
        Self { tokens, marks: tokens.iter().fold(0, |marks, token| marks | mark(&token.word)) }
    }

    fn contain(&self, phrase: &str) -> bool {
        self.find(phrase).is_some()
    }

    /// The first place of the phrase, and the place after it.
    fn find(&self, phrase: &str) -> Option<(usize, usize)> {
        if self.marks & mark(phrase) == 0 {
            return None;
        }
        (0..self.tokens.len()).find_map(|at| stands(self.tokens, at, phrase).map(|end| (at, end)))
    }
}

/// One of 64 bits, the same for all words that begin with the same two letters.
fn mark(text: &str) -> u64 {
    let letter = |place: usize| u64::from(text.as_bytes().get(place).copied().unwrap_or(b' '));
    1 << ((letter(0) * 7 + letter(1)) % 64)
}

/// The place after the phrase, where it stands at `at`.
fn stands(tokens: &[Token], at: usize, phrase: &str) -> Option<usize> {
    let (mut place, mut rest) = (at, phrase);
    loop {
        rest = rest.strip_prefix(tokens.get(place)?.word.as_str())?;
        place += 1;
        if rest.is_empty() {
            return Some(place);
        }
        rest = rest.strip_prefix(' ')?;
    }
}

/// Words that deny what stands behind them.
#[rustfmt::skip]
const NOT: &[&str] = &["no", "not", "never", "without", "dont", "doesnt", "isnt", "arent", "cant", "hate", "avoid", "zero", "away"];

/// Whether one of the `reach` words before `at` in its sentence denies it. "Don't mind" denies nothing, and "rather" only
/// what stands behind its "than".
fn is_denied(tokens: &[Token], at: usize, reach: usize) -> bool {
    let first = at.saturating_sub(reach);
    let here = |place: &usize| tokens[*place].sentence == tokens[at].sentence;
    let word = |place: usize| tokens[place].word.as_str();
    (first..at).filter(here).any(|place| match word(place) {
        "than" => (first..place).any(|before| word(before) == "rather"),
        not => NOT.contains(&not) && !matches!(word(place + 1), "mind" | "hate" | "avoid" | "afraid" | "scared"),
    })
}

/// "Don't want to touch anybody": talking to them is another matter.
fn no_touching(tokens: &[Token]) -> bool {
    tokens.windows(2).enumerate().any(|(at, pair)| {
        matches!(pair[0].stem.as_str(), "touch" | "touching")
            && matches!(pair[1].stem.as_str(), "people" | "anyone" | "anybody" | "patient" | "stranger")
            && is_denied(tokens, at, 4)
    })
}

/// "never have to see a patient", "don't want to deal with patients", "hate being around sick people".
fn no_patients(tokens: &[Token]) -> bool {
    tokens.iter().enumerate().any(|(at, token)| {
        let patient = token.stem == "patient"
            || (token.stem == "sick" && tokens.get(at + 1).is_some_and(|next| next.stem == "people"));
        patient && is_denied(tokens, at, 7)
    })
}

#[derive(Clone, Copy, PartialEq)]
enum Bound {
    Least,
    Most,
    Below,
    Exactly,
}

#[rustfmt::skip]
const LEAST: &[&str] = &["over", "above", "least", "minimum", "min", "exceeds", "exceeding", "upwards", "north", "beyond", "greater", "higher", "starting"];
#[rustfmt::skip]
const MOST: &[&str] = &["under", "below", "most", "maximum", "max", "upto", "within", "beneath"];

/// The bound that stands around tokens `from..to`: "over 60k", "60k or more", "at most a bachelor's".
fn bound(tokens: &[Token], from: usize, to: usize, reach: usize) -> Bound {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.word.as_str());
    for at in (from.saturating_sub(reach)..from).rev() {
        if tokens[at].number.is_some() {
            break;
        }
        let next = word(at + 1);
        match word(at) {
            "more" | "greater" | "higher" | "better" if next == "than" => return Bound::Least,
            "less" | "lower" | "fewer" if next == "than" || word(at + 2) == "than" => return Bound::Below,
            "no" if next == "more" => return Bound::Most,
            "up" if next == "to" => return Bound::Most,
            "below" | "under" if at > 0 && matches!(word(at - 1), "dime" | "not" | "nothing" | "penny") => {
                return Bound::Least;
            }
            "without" | "below" | "under" => return Bound::Below,
            w if LEAST.contains(&w) => return Bound::Least,
            w if MOST.contains(&w) => return Bound::Most,
            _ => {}
        }
    }
    for (at, token) in tokens.iter().enumerate().skip(to).take(3) {
        // "High school, minimum 45k": what stands before a number belongs to the number.
        if token.number.is_some() || tokens.get(at + 1).is_some_and(|next| next.number.is_some()) {
            break;
        }
        match (word(at), word(at + 1)) {
            ("or", "more" | "better" | "higher" | "above" | "up" | "over" | "greater")
            | ("and", "up" | "above" | "higher")
            | ("minimum" | "min" | "upwards" | "plus", _) => return Bound::Least,
            ("or", "less" | "lower" | "below" | "under" | "fewer")
            | ("max" | "maximum" | "tops", _)
            | ("at", "most")
            | ("and", "below" | "under" | "less") => return Bound::Most,
            _ => {}
        }
    }
    Bound::Exactly
}

/// Numbers as words, where a unit follows.
#[rustfmt::skip]
const NUMBER_WORDS: &[(&str, f64)] = &[
    ("five", 5.0), ("ten", 10.0), ("fifteen", 15.0), ("twenty", 20.0), ("thirty", 30.0), ("forty", 40.0), ("fifty", 50.0), ("sixty", 60.0), ("seventy", 70.0), ("eighty", 80.0), ("ninety", 90.0), ("hundred", 100.0),
];

/// Hours by which BLS turns hourly into annual wages (OEWS technical notes: 2,080 hours a year).
const HOURS_A_YEAR: f64 = 2_080.0;

/// "$40 an hour", "25 per hour", "30 hourly".
fn per_hour(tokens: &[Token], at: usize) -> bool {
    let word = |place: usize| tokens.get(place).map_or("", |token| token.word.as_str());
    matches!(
        (word(at + 1), word(at + 2)),
        ("an" | "per" | "a" | "dollars" | "bucks", "hour" | "hr" | "an") | ("hourly" | "hr" | "ph", _)
    )
}

/// How far "around 60k" reaches, either way.
const AROUND: f64 = 0.15;

fn read_numbers(words: &Words<'_>, filter: &mut Filter) {
    let tokens = words.tokens;
    for (at, token) in tokens.iter().enumerate() {
        let in_words =
            NUMBER_WORDS.iter().find(|(word, _)| *word == token.word).map(|(_, number)| *number).filter(|_| {
                tokens.get(at + 1).is_some_and(|next| {
                    matches!(next.word.as_str(), "percent" | "pct" | "thousand" | "grand" | "k" | "hundred")
                })
            });
        let Some(mut number) = token.number.or(in_words) else { continue };
        let next = tokens.get(at + 1).map_or("", |token| token.word.as_str());
        if per_hour(tokens, at) {
            number *= HOURS_A_YEAR;
        }
        // "Between 50 and 60 thousand": the first number is of the same size as the second.
        if matches!(next, "and" | "to")
            && tokens.get(at + 3).is_some_and(|token| matches!(token.word.as_str(), "thousand" | "grand" | "k"))
            && number < 1_000.0
        {
            number *= 1_000.0;
        }
        if matches!(next, "thousand" | "grand" | "k" | "ks") {
            number *= 1_000.0;
        }
        let percent = token.word.ends_with('%') || matches!(next, "percent" | "pct" | "percentage" | "per");
        let bound = bound(tokens, at, at + 1, 4);
        if percent && number <= 100.0 {
            match bound {
                Bound::Most | Bound::Below => filter.growth_max = Some(number),
                Bound::Least | Bound::Exactly => filter.growth_min = Some(number),
            }
        } else if tokens[at + 1..].iter().take(4).any(|near| matches!(near.stem.as_str(), "opening" | "vacancy")) {
            filter.openings_min = Some(number);
        } else if tokens
            .get(at + 1)
            .is_some_and(|near| matches!(near.stem.as_str(), "job" | "position" | "worker" | "people" | "employee"))
            && !token.word.ends_with('k')
        {
            // A number of jobs is no pay.
        } else if (10_000.0..=1_000_000.0).contains(&number) {
            let around = at.checked_sub(1).is_some_and(|before| {
                matches!(tokens[before].word.as_str(), "around" | "roughly" | "approximately" | "approx")
            });
            if around && filter.pay_min.is_none() {
                (filter.pay_min, filter.pay_max) =
                    (Some((number * (1.0 - AROUND)).round()), Some((number * (1.0 + AROUND)).round()));
                continue;
            }
            match bound {
                Bound::Most | Bound::Below => filter.pay_max = Some(number),
                Bound::Least | Bound::Exactly if filter.pay_min.is_some() => filter.pay_max = Some(number),
                Bound::Least | Bound::Exactly => filter.pay_min = Some(number),
            }
        }
    }
    if ["six figures", "six figure", "6 figures", "6 figure"].iter().any(|phrase| words.contain(phrase)) {
        filter.pay_min = filter.pay_min.or(Some(100_000.0));
    }
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
    let word = |at: usize| tokens[at].word.as_str();
    (0..from).rev().take(5).find(|at| !BETWEEN.contains(&word(*at))).is_some_and(|at| NOT.contains(&word(at)))
}

fn read_education(words: &Words<'_>, filter: &mut Filter) {
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
    for (level, phrases) in LEVELS {
        let Some((from, to)) = phrases.iter().find_map(|phrase| position(words, phrase)) else { continue };
        let bound = if denied(tokens, from) { Bound::Below } else { bound(tokens, from, to, 4) };
        match bound {
            Bound::Least => filter.education_min = Some(*level),
            Bound::Most => filter.education_max = Some(*level),
            Bound::Below => filter.education_max = below(*level),
            Bound::Exactly => {
                filter.education_min = Some(filter.education_min.map_or(*level, |known| known.min(*level)));
                filter.education_max = Some(filter.education_max.map_or(*level, |known| known.max(*level)));
            }
        }
    }
}

/// "Less than 2 years of training", "a one-year program": the most schooling wanted. Years as BLS counts its levels: an
/// associate's degree is two, a bachelor's four, a master's six.
fn schooling_in_years(tokens: &[Token]) -> Option<Education> {
    const COUNTS: &[(&str, f64)] =
        &[("one", 1.0), ("two", 2.0), ("three", 3.0), ("four", 4.0), ("six", 6.0), ("eight", 8.0), ("ten", 10.0)];
    const SCHOOLING: &[&str] =
        &["training", "school", "schooling", "college", "program", "course", "study", "studying"];
    (0..tokens.len()).find_map(|at| {
        let word = tokens[at].word.as_str();
        let counted = || COUNTS.iter().find(|(count, _)| *count == word).map(|(_, n)| *n);
        let years = tokens[at].number.or_else(counted).or_else(|| one_year(tokens, at).then_some(1.0))?;
        let months = match tokens.get(at + 1)?.word.as_str() {
            "year" | "years" | "yr" | "yrs" => 12.0 * years,
            "month" | "months" | "mo" | "mos" => years,
            _ => return None,
        };
        let near = tokens[at + 2..].iter().take(4).chain(&tokens[at.saturating_sub(4)..at]);
        if !near.into_iter().any(|token| SCHOOLING.contains(&token.word.as_str())) {
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
    use crate::question::normalize;

    #[track_caller]
    fn check(question: &str, expected: Filter) {
        assert_eq!(read(&normalize::clean(question).tokens), expected, "{question}");
    }

    #[test]
    fn pay_education_and_growth_are_read() {
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
        check("over 90 thousand", Filter { pay_min: Some(90_000.0), ..Filter::default() });
        check("at least a bachelor's degree", Filter { education_min: Some(Education::Bachelor), ..Filter::default() });
        check("earn less than 120k", Filter { pay_max: Some(120_000.0), ..Filter::default() });
    }

    #[test]
    fn orders_and_patients_are_read() {
        check(
            "best paid jobs without a degree",
            Filter { education_max: Some(Education::Award), order: Some(Order::BestPaid), ..Filter::default() },
        );
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
            ("short training under a yr", Education::Award),
            ("i dont want 8 years of school", Education::Master),
            ("less school than a bachelors", Education::Associate),
        ] {
            check(question, Filter { education_max: Some(most), ..Filter::default() });
        }
        check("8 years of school is fine", Filter::default());
        for (question, least) in [
            ("which jobs pay over 100k a year after college", 100_000.0),
            ("jobs in a school that pay 60k a year", 60_000.0),
        ] {
            check(question, Filter { pay_min: Some(least), ..Filter::default() });
        }
        check("around 100k", Filter { pay_min: Some(85_000.0), pay_max: Some(115_000.0), ..Filter::default() });
        for question in [
            "where I never have to see a patient",
            "id rather look at slides than at patients",
            "jobs that arent about patients",
        ] {
            check(question, Filter { contact: &[Contact::None], ..Filter::default() });
        }
        for question in ["i dont mind patients", "id rather be with patients", "im not afraid of touching people"] {
            check(question, Filter::default());
        }
    }
}
