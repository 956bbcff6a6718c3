//! "Remote jobs with an associate degree that pay over 60k" as conditions and an order.
//!
//! Knows how people word conditions; knows nothing of which role meets them.

use crate::knowledge::terms::{Contact, Education, Interest, License, Remote, Trait};
use crate::knowledge::{RoleId, State, TrendId};
use crate::question::amounts::read_numbers;
use crate::question::bound::{is_denied, is_denied_through};
use crate::question::family::Family;
use crate::question::normalize::Token;
use crate::question::phrases::Words;
use crate::question::schooling::{read_education, schooling_in_years};

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
    /// The families of roles it must not belong to.
    pub without_families: Vec<&'static Family>,
    /// The roles it must not be.
    pub without_roles: Vec<RoleId>,
    /// What the work must be like.
    pub traits: Vec<Trait>,
    /// What the work must not be like.
    pub avoid: Vec<Trait>,
    /// One of the role's own interest types.
    pub interest: Option<Interest>,
    /// Whose pay and jobs are meant: the whole country's where no state is named.
    pub state: Option<State>,
    /// Only these roles, where it is not empty: those that a talk has shown.
    pub among: Vec<RoleId>,
    /// Order; best paid where nothing is said.
    pub order: Option<Order>,
}

impl Filter {
    /// Whether anything at all is asked for.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether some roles are named that it shall not hold.
    pub fn leaves_out(&self) -> bool {
        !self.without_roles.is_empty() || !self.without_families.is_empty()
    }

    /// These conditions and others; where both set the same one, the other's holds.
    pub fn narrowed(&self, other: Self) -> Self {
        let list = |one: &'static [Remote], other: &'static [Remote]| if other.is_empty() { one } else { other };
        let contact = if other.contact.is_empty() { self.contact } else { other.contact };
        let both = |one: &[Trait], other: &[Trait]| one.iter().chain(other).copied().collect();
        Self {
            remote: list(self.remote, other.remote),
            education_min: other.education_min.or(self.education_min),
            education_max: other.education_max.or(self.education_max),
            pay_min: other.pay_min.or(self.pay_min),
            pay_max: other.pay_max.or(self.pay_max),
            growth_min: other.growth_min.or(self.growth_min),
            growth_max: other.growth_max.or(self.growth_max),
            openings_min: other.openings_min.or(self.openings_min),
            contact,
            license: other.license.or(self.license),
            trend: other.trend.or(self.trend),
            family: other.family.or(self.family),
            without_families: [self.without_families.as_slice(), &other.without_families].concat(),
            without_roles: [self.without_roles.as_slice(), &other.without_roles].concat(),
            traits: both(&self.traits, &other.traits),
            avoid: both(&self.avoid, &other.avoid),
            interest: other.interest.or(self.interest),
            state: other.state.or(self.state),
            among: if other.among.is_empty() { self.among.clone() } else { other.among },
            order: other.order.or(self.order),
        }
    }

    /// Whether some condition (not only an order, or a state to take the figures of) is set.
    pub fn has_condition(&self) -> bool {
        Self { order: None, state: None, ..self.clone() } != Self::default()
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
    let licensed = |token: &Token| matches!(token.stem.as_str(), "license" | "licence" | "licensing" | "licensure");
    if (0..tokens.len()).any(|at| licensed(&tokens[at]) && is_denied_through(tokens, at, BEFORE_LICENSE, 5)) {
        filter.license = Some(License::None);
    }
    filter.order = ORDERS.iter().find(|(_, phrases)| phrases.iter().any(|phrase| has(phrase))).map(|(order, _)| *order);
    if filter.order.is_none() && easiest(tokens) {
        filter.order = Some(Order::LeastSchooling);
    }
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

/// What may stand between a denial and the license that it denies.
const BEFORE_LICENSE: &[&str] = &[
    "need",
    "needs",
    "needing",
    "require",
    "requires",
    "requiring",
    "have",
    "having",
    "to",
    "get",
    "a",
    "any",
    "state",
];

#[rustfmt::skip]
const NO_PATIENTS: &[&str] = &["dont like people", "hate people", "hate dealing with people", "away from people", "no patient", "no patients", "without patients", "without patient", "behind the scenes", "non patient", "non clinical", "nonclinical", "away from patients", "zero patient", "no bedside"];

#[rustfmt::skip]
const ORDERS: &[(Order, &[&str])] = &[
    (Order::LeastSchooling, &["least school", "least schooling", "quick training", "short training", "fast training", "shortest training", "quickest to get into", "least education", "least training", "quick to get into", "shortest", "quickest", "fastest to get into", "fastest to train", "fastest way into", "quickest way into", "fastest way to get into", "quickest way to get into", "easiest to get into", "least amount of school", "least amount of training", "shortest program", "hate school", "hate studying", "done with school", "bad at school", "not good at school", "no experience", "without experience", "without any experience", "entry level job", "entry level jobs", "entry level position", "entry level positions", "entry level role", "entry level roles", "entry level work", "entry level healthcare"]),
    (Order::LowestPaid, &["lowest paid", "lowest paying", "worst paid", "worst paying", "least paid", "lowest salary", "lowest pay", "pay the least", "lowest wage", "least pay", "least money", "poorest paid", "pays the least", "earn the least", "badly paid", "low paid"]),
    (Order::SlowestGrowing, &["slowest growing", "slowest", "least growth", "growing least", "worst outlook"]),
    (Order::FastestGrowing, &["fastest growing", "fastest growth", "growing fastest", "growing the fastest", "most growth", "highest growth", "grow fastest", "grow the fastest", "grow most", "growing most", "biggest growth", "best outlook", "best job outlook", "most in demand", "most demand", "highest demand", "quickest growing", "growing quickest", "top growth", "fast growing", "growing fast", "best growth", "booming", "high growth", "best prospects", "strongest growth", "best future", "growing", "in demand", "strong growth", "grow"]),
    (Order::MostOpenings, &["most openings", "most job openings", "most vacancies", "most yearly openings", "most annual openings", "many openings", "lots of openings", "highest openings", "most positions", "easiest to find"]),
    (Order::MostJobs, &["most jobs", "most people work", "biggest", "largest", "most common", "most workers", "employs the most"]),
    (Order::BestPaid, &["best paid", "best paying", "highest paid", "highest paying", "most money", "pay the most", "pays the most", "pays most", "pay most", "top paid", "top paying", "highest salary", "highest salaries", "best salary", "highest pay", "best pay", "earn the most", "earn most", "make the most", "makes the most", "make most", "highest wage", "well paid", "good pay", "good money", "pay well", "pays well", "high paying", "high pay", "well paying", "better paid", "good paying", "decent pay", "decent money", "most paid", "paid the most", "high salary", "big money", "richest", "highest earning", "top earning", "high earning", "best money", "highest earners", "earners", "top earners", "good salary"]),
];

/// "The easiest healthcare job to get into", "quickest job to train for": of all jobs, the one with least schooling.
fn easiest(tokens: &[Token]) -> bool {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.word.as_str());
    let asked = |at: usize| matches!(word(at), "easiest" | "quickest" | "fastest" | "shortest");
    let job = |at: usize| matches!(word(at), "job" | "jobs" | "career" | "careers" | "role" | "roles" | "field");
    let into = |at: usize| {
        word(at) == "to" && matches!(word(at + 1), "get" | "become" | "train" | "start" | "learn" | "enter")
    };
    (0..tokens.len()).filter(|at| asked(*at)).any(|at| {
        let job = (at + 1..at + 4).find(|at| job(*at));
        job.is_some_and(|job| (job + 1..job + 4).any(into))
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

/// Reads a question and holds what is read against what is expected, for the tests of all that reads conditions.
#[cfg(test)]
#[track_caller]
pub(super) fn check(question: &str, expected: Filter) {
    assert_eq!(read(&crate::question::normalize::clean(question).tokens), expected, "{question}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_and_patients_are_read() {
        check(
            "best paid jobs without a degree",
            Filter { education_max: Some(Education::Award), order: Some(Order::BestPaid), ..Filter::default() },
        );
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
