//! The closed vocabularies of the knowledge: what a key such as `remote` or `license` may say.
//!
//! Each is a table of (word in the file, value). Knows nothing of how a member words a question.

/// Declares an enum whose variants each have one word in the files, with a parser and a list of the words.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every value, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$variant),+];
            /// The words that the files use, in the same order.
            pub const WORDS: &[&str] = &[$($word),+];

            /// Parses the word that stands in a file.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }

            /// The word that stands in a file.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    };
}
pub(crate) use vocabulary;

vocabulary! {
    /// How the published figures relate to a role.
    FigureMatch {
        /// The SOC code is this role and no other.
        Exact = "exact",
        /// The code is right, but it covers other roles too; the answer names the group.
        Group = "group",
        /// The role has no code of its own; the figures are those of a neighbouring group.
        Nearest = "nearest",
    }
}

vocabulary! {
    /// Whether the work can be done away from the workplace.
    Remote {
        /// Commonly remote.
        Yes = "yes",
        /// Some of the work, or some jobs.
        Partly = "partly",
        /// On site.
        No = "no",
    }
}

vocabulary! {
    /// Whether a US state license is needed.
    License {
        /// All or nearly all states license the role.
        State = "state",
        /// Some states license, certify or register it.
        SomeStates = "some-states",
        /// No state license; certificates are voluntary.
        None = "none",
        /// It depends on the profession that the person already holds.
        Varies = "varies",
    }
}

vocabulary! {
    /// How much contact with patients or clients the work brings.
    Contact {
        /// Face to face on most days.
        Direct = "direct",
        /// By phone or video, or now and then.
        Some = "some",
        /// None.
        None = "none",
    }
}

vocabulary! {
    /// An interest type of O*NET (Holland's RIASEC), by its letter.
    Interest {
        /// Practical, physical work.
        Realistic = "R",
        /// Ideas and research.
        Investigative = "I",
        /// Creative work.
        Artistic = "A",
        /// Helping and teaching.
        Social = "S",
        /// Leading and persuading.
        Enterprising = "E",
        /// Order, data and detail.
        Conventional = "C",
    }
}

impl Interest {
    /// The official name of the type.
    pub fn name(self) -> &'static str {
        match self {
            Self::Realistic => "Realistic",
            Self::Investigative => "Investigative",
            Self::Artistic => "Artistic",
            Self::Social => "Social",
            Self::Enterprising => "Enterprising",
            Self::Conventional => "Conventional",
        }
    }

    /// The type in plain words, to follow "people who like".
    pub fn plain(self) -> &'static str {
        match self {
            Self::Realistic => "practical, hands-on work",
            Self::Investigative => "ideas, science and working things out",
            Self::Artistic => "creative work",
            Self::Social => "helping and teaching people",
            Self::Enterprising => "leading and persuading",
            Self::Conventional => "order, records and detail",
        }
    }
}

vocabulary! {
    /// What the work is like, in a closed list that likes and dislikes are matched against.
    Trait {
        /// Caring for people one to one.
        Helping = "helping",
        /// Talking through feelings.
        Listening = "listening",
        /// Explaining, coaching, training.
        Teaching = "teaching",
        /// Running teams or budgets.
        Leading = "leading",
        /// Schedules, records, paperwork.
        Organizing = "organizing",
        /// Accuracy, codes, rules.
        Detail = "detail",
        /// Software is the main tool.
        Computers = "computers",
        /// Data and statistics.
        Numbers = "numbers",
        /// Biology, research, experiments.
        Science = "science",
        /// Laboratory work.
        Lab = "lab",
        /// Imaging or medical equipment.
        Machines = "machines",
        /// Pictures of the inside of the body.
        Imaging = "imaging",
        /// Physical work with the hands.
        HandsOn = "hands-on",
        /// Exercise, bodies, rehabilitation.
        Movement = "movement",
        /// Medicines.
        Medicines = "medicines",
        /// Food and nutrition.
        Food = "food",
        /// Teeth.
        Teeth = "teeth",
        /// Genetics.
        Genetics = "genetics",
        /// Children.
        Children = "children",
        /// Older adults.
        OlderAdults = "older-adults",
        /// Pregnancy and birth.
        Pregnancy = "pregnancy",
        /// Animals.
        Animals = "animals",
        /// Mental health.
        MentalHealth = "mental-health",
        /// Emergencies.
        Emergencies = "emergencies",
        /// Surgery.
        Surgery = "surgery",
        /// Blood, needles or body fluids are routine.
        Blood = "blood",
        /// Moving patients, on one's feet.
        Lifting = "lifting",
        /// Traveling between homes or calls.
        Driving = "driving",
        /// Nights and weekends.
        Shifts = "shifts",
        /// Seated most of the day.
        Desk = "desk",
        /// Mostly alone.
        Quiet = "quiet",
        /// Regulation, privacy, compliance.
        Law = "law",
        /// Writing.
        Writing = "writing",
        /// Outreach in the community.
        Community = "community",
    }
}

vocabulary! {
    /// Typical entry-level education, in the words of the BLS Employment Projections; ordered from least to most.
    Education {
        /// No formal educational credential.
        NoCredential = "No formal educational credential",
        /// High school diploma or equivalent.
        HighSchool = "High school diploma or equivalent",
        /// Some college, no degree.
        SomeCollege = "Some college, no degree",
        /// Postsecondary nondegree award.
        Award = "Postsecondary nondegree award",
        /// Associate's degree.
        Associate = "Associate's degree",
        /// Bachelor's degree.
        Bachelor = "Bachelor's degree",
        /// Master's degree.
        Master = "Master's degree",
        /// Doctoral or professional degree.
        Doctoral = "Doctoral or professional degree",
    }
}

vocabulary! {
    /// What a list is sorted by, best first.
    Order {
        /// Highest median pay first.
        BestPaid = "best-paid",
        /// Lowest median pay first.
        LowestPaid = "lowest-paid",
        /// Fastest projected growth first.
        FastestGrowing = "fastest-growing",
        /// Slowest growth first.
        SlowestGrowing = "slowest-growing",
        /// Most openings a year first.
        MostOpenings = "most-openings",
        /// Most jobs first.
        MostJobs = "most-jobs",
        /// Least schooling first, then best paid.
        LeastSchooling = "least-schooling",
        /// By title; no question asks for it, a menu does.
        Title = "title",
    }
}

vocabulary! {
    /// A time for which pay is asked.
    PayUnit {
        /// An hour.
        Hour = "hour",
        /// A week.
        Week = "week",
        /// Two weeks.
        Fortnight = "fortnight",
        /// A month.
        Month = "month",
        /// A year, as the figures have it.
        Year = "year",
    }
}

impl PayUnit {
    /// How many of it BLS counts in a full-time year (OEWS technical notes: 2,080 hours).
    pub fn per_year(self) -> f64 {
        match self {
            Self::Hour => 2_080.0,
            Self::Week => 52.0,
            Self::Fortnight => 26.0,
            Self::Month => 12.0,
            Self::Year => 1.0,
        }
    }
}

vocabulary! {
    /// A figure of pay that is told first only where it is asked for.
    PayStatistic {
        /// The arithmetic mean.
        Mean = "mean",
        /// The 25th and 75th percentiles.
        Quartiles = "quartiles",
        /// The lower end, asked as pay at the start.
        Start = "start",
        /// The upper end.
        Top = "top",
    }
}
