//! Classes of words: one concept each, whose words stand in `knowledge/language/words/`.

use crate::knowledge::language::label::Label;
use crate::knowledge::problem::did_you_mean;
use crate::knowledge::states::State;
use crate::knowledge::terms::{Education, Order, PayStatistic, PayUnit, Trait, vocabulary};

vocabulary! {
    /// A class without a value of its own.
    Plain {
        /// Carries no meaning of its own.
        Stop = "stop",
        /// Begins a sentence that asks.
        Opener = "opener",
        /// Begins a sentence that is answered by yes or no.
        Whether = "whether",
        /// Means "right now" at the end of a sentence.
        RightNow = "right-now",
        /// Begins a sentence that tells of oneself.
        Telling = "telling",
        /// Asks for one among several.
        Which = "which",
        /// An abbreviation that is an everyday word too: it counts in capitals only.
        Everyday = "everyday",
        /// Denies what stands behind it.
        Negator = "negator",
        /// Denies what stands before it.
        NegatorBehind = "negator-behind",
        /// Begins a question with a denial, and denies nothing.
        AsksNegated = "asks-negated",
        /// A "no" at the end of a clause.
        BareNo = "bare-no",
        /// Takes a dislike its force.
        Unbothered = "unbothered",
        /// Ends the reach of a denial.
        ScopeEnd = "scope-end",
        /// Carries a denial on to the next of a list.
        ListJoint = "list-joint",
        /// Likes what stands behind it.
        Like = "like",
        /// Dislikes what stands behind it.
        Dislike = "dislike",
        /// Wishes for what fits.
        Wish = "wish",
        /// Bounds from below, before a number.
        AtLeast = "at-least",
        /// Bounds from below, behind a number.
        AtLeastBehind = "at-least-behind",
        /// Bounds from above, before a number.
        AtMost = "at-most",
        /// Bounds from above, behind a number.
        AtMostBehind = "at-most-behind",
        /// Less than the number behind it.
        Below = "below",
        /// About the number behind it.
        Around = "around",
        /// A thousand of the number before it.
        Thousand = "thousand",
        /// Percent.
        Percent = "percent",
        /// A hundred thousand dollars.
        SixFigures = "six-figures",
        /// Time that is counted: no time by which pay is asked.
        CountedTime = "counted-time",
        /// "An", "per".
        Per = "per",
        /// Dollars.
        Dollar = "dollar",
        /// A degree of whatever level.
        Degree = "degree",
        /// No degree at all.
        NoDegree = "no-degree",
        /// Everything but medical school.
        NoMedicalSchool = "no-medical-school",
        /// Schooling in itself.
        Schooling = "schooling",
        /// Is needed.
        Need = "need",
        /// Is enough.
        Enough = "enough",
        /// One has it already.
        Have = "have",
        /// The most of something.
        High = "high",
        /// The least of something.
        Low = "low",
        /// The fastest.
        Fast = "fast",
        /// The shortest.
        Short = "short",
        /// The slowest.
        Slow = "slow",
        /// Losing ground.
        Shrinking = "shrinking",
        /// No contact with patients.
        NoPatients = "no-patients",
        /// Patients.
        Patient = "patient",
        /// Touching.
        Touch = "touch",
        /// From home.
        Remote = "remote",
        /// On site.
        OnSite = "on-site",
        /// In part.
        Partly = "partly",
        /// A license.
        License = "license",
        /// "Than".
        Comparison = "comparison",
        /// "More".
        More = "more",
        /// "Less".
        Less = "less",
        /// "The same".
        Same = "same",
        /// A job, unnamed.
        Job = "job",
        /// The field as a whole.
        Field = "field",
        /// Refers to one thing spoken of.
        PronounOne = "pronoun.one",
        /// Refers to several.
        PronounMany = "pronoun.many",
        /// Says that the talk goes on.
        GoesOn = "goes-on",
        /// One among those spoken of.
        ChooseAmong = "choose-among",
        /// The whole country.
        WholeCountry = "whole-country",
        /// A month or a day of the week.
        Calendar = "calendar",
        /// Stands beside a name that goes on with the question before.
        FollowWord = "follow-word",
        /// Each state without exception.
        EveryState = "every-state",
        /// The whole state.
        WholeState = "whole-state",
        /// A city or area, unnamed.
        CityWord = "city-word",
        /// Outside of cities.
        Rural = "rural",
        /// Kinds of workplace, unnamed: "which setting pays best".
        SettingWord = "setting-word",
        /// People who have finished a program.
        Graduates = "graduate-word",
        /// Takes back what was said before it.
        TakeBack = "take-back",
        /// What is owed for a program.
        Debt = "debt-word",
        /// Before a job, somebody who has just begun: "a new nurse".
        NewTo = "new-to",
        /// A place, unnamed.
        PlaceWord = "place-word",
        /// The one of two that was not spoken of last.
        OtherOne = "other-one",
        /// Before a name it makes another one of it: "Fort Campbell" is no Campbell.
        BaseWord = "base-word",
        /// Where one works: "dermatology office".
        Workplace = "workplace-word",
        /// What a state has beside pay.
        OfState = "of-state",
        /// Before it a kind of workplace says where somebody works: "in a", "at".
        WorksAt = "works-at",
        /// Where was spoken of before: "there", "same state".
        There = "there",
        /// Counts something: "the number of".
        Counting = "counting",
        /// Without a license, in a word: "unlicensed".
        NoLicense = "no-license",
        /// Before it a name is a place.
        PlaceBefore = "place-before",
        /// Joins a name to what stands before it.
        JoinsName = "joins-name",
        /// An article, or "become".
        Article = "article",
        /// "To".
        To = "to",
        /// "From".
        From = "from",
        /// The asker's own job follows.
        Background = "background",
        /// Half a title.
        TitleHalf = "title-half",
        /// "Trend".
        TrendWord = "trend-word",
        /// What is still to come.
        Future = "future",
        /// Sets two things against each other.
        Versus = "versus",
        /// Between "trend" and its number.
        NumberSign = "number-sign",
        /// The list that a code of an occupation is from, as it is named before the code.
        CodeList = "code-list",
        /// Somebody else, whose job is not the asker's.
        Kin = "kin",
        /// "My", "our".
        Own = "own",
        /// Another country.
        Abroad = "abroad",
        /// The US.
        Home = "home",
        /// A postal code that counts in small letters.
        PlainCode = "plain-code",
        /// Before a job: whom somebody works for.
        WorksFor = "works-for",
        /// Behind a place in a list, what stands there.
        ShownWord = "shown-word",
        /// Before a bare number it is pay.
        Earns = "earns",
        /// Danger to a life, in so many words.
        Danger = "danger",
    }
}

vocabulary! {
    /// What a superlative is about.
    About {
        /// Pay.
        Pay = "pay",
        /// Growth.
        Growth = "growth",
        /// Openings.
        Openings = "openings",
        /// Number of jobs.
        Headcount = "headcount",
        /// Schooling.
        Schooling = "schooling",
    }
}

vocabulary! {
    /// A family of roles that people name by one word.
    Family {
        /// Nursing.
        Nursing = "nursing",
        /// Therapy.
        Therapy = "therapy",
        /// Counseling.
        Counseling = "counseling",
        /// Social work.
        SocialWork = "social-work",
        /// Dental care.
        Dental = "dental",
        /// Imaging.
        Imaging = "imaging",
    }
}

impl Family {
    /// As it stands behind "in".
    pub fn field(self) -> &'static str {
        match self {
            Self::Nursing => "nursing",
            Self::Therapy => "therapy",
            Self::Counseling => "counseling",
            Self::SocialWork => "social work",
            Self::Dental => "dental care",
            Self::Imaging => "imaging",
        }
    }
}

/// What a word or phrase stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// A class without a value.
    Plain(Plain),
    /// A trait of the work.
    Trait(Trait),
    /// Somebody who will not have this trait.
    Averse(Trait),
    /// A state's short form or nickname.
    State(State),
    /// A level of schooling.
    Level(Education),
    /// A time by which pay is asked.
    Unit(PayUnit),
    /// A figure of pay beside the median.
    Statistic(PayStatistic),
    /// An order of a list, as a whole phrase.
    Order(Order),
    /// What a superlative is about.
    About(About),
    /// A family of roles.
    Family(Family),
    /// A part of the titles of a family.
    Titled(Family),
    /// What a sentence of a role's file says.
    Says(Label),
    /// A small word of another language, by its place in [`LANGUAGES`].
    Language(u8),
}

/// The languages that are told from English, as members read their names.
pub const LANGUAGES: &[&str] = &[
    "Spanish",
    "German",
    "French",
    "Portuguese",
    "Italian",
    "Tagalog",
    "Polish",
];

/// The class of that name.
///
/// # Errors
/// A hint for who wrote the name, where there is none.
pub fn parse_class(name: &str) -> Result<Class, String> {
    if let Some(plain) = Plain::parse(name) {
        return Ok(Class::Plain(plain));
    }
    let Some((kind, value)) = name.split_once('.') else {
        return Err(did_you_mean(name, Plain::WORDS));
    };
    let found = match kind {
        "trait" => Trait::parse(value).map(Class::Trait),
        "averse" => Trait::parse(value).map(Class::Averse),
        "state" => State::from_code(value).map(Class::State),
        "level" => LEVELS
            .iter()
            .find(|(name, _)| *name == value)
            .map(|(_, level)| Class::Level(*level)),
        "unit" => PayUnit::parse(value).map(Class::Unit),
        "stat" => PayStatistic::parse(value).map(Class::Statistic),
        "order" => Order::parse(value).map(Class::Order),
        "about" => About::parse(value).map(Class::About),
        "family" => Family::parse(value).map(Class::Family),
        "titled" => Family::parse(value).map(Class::Titled),
        "says" => Label::parse(value).map(Class::Says),
        "language" => LANGUAGES
            .iter()
            .position(|known| *known == value)
            .map(|place| Class::Language(place as u8)),
        _ => return Err(did_you_mean(kind, KINDS)),
    };
    let values = match kind {
        "trait" | "averse" => Trait::WORDS,
        "unit" => PayUnit::WORDS,
        "stat" => PayStatistic::WORDS,
        "order" => Order::WORDS,
        "about" => About::WORDS,
        "family" | "titled" => Family::WORDS,
        "says" => Label::WORDS,
        "language" => LANGUAGES,
        _ => &[],
    };
    found.ok_or_else(|| did_you_mean(value, values))
}

/// Levels of schooling by their short names in the files.
const LEVELS: &[(&str, Education)] = &[
    ("high-school", Education::HighSchool),
    ("award", Education::Award),
    ("associate", Education::Associate),
    ("bachelor", Education::Bachelor),
    ("master", Education::Master),
    ("doctoral", Education::Doctoral),
];

const KINDS: &[&str] = &[
    "trait", "averse", "state", "level", "unit", "stat", "order", "about", "family", "titled",
    "says", "language", "pronoun",
];
