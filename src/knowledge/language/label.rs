//! What a message can ask: the labels that examples bear and that the model gives a probability to.

use crate::knowledge::terms::vocabulary;

vocabulary! {
    /// What a message asks, as the examples name it.
    Label {
        /// What the job is or does.
        Duties = "duties",
        /// A usual day or shift.
        Day = "day",
        /// Where one works, with and under whom.
        Workplace = "workplace",
        /// Hours, nights, part time.
        Schedule = "schedule",
        /// What it asks of the body.
        Physical = "physical",
        /// Pay.
        Pay = "pay",
        /// Growth and future.
        Outlook = "outlook",
        /// Openings, whether work is found.
        Openings = "openings",
        /// How many people do it.
        Headcount = "headcount",
        /// Which schooling.
        Education = "education",
        /// How long it takes.
        Length = "length",
        /// License, certification, registration.
        License = "license",
        /// Which exam.
        Exam = "exam",
        /// From home.
        Remote = "remote",
        /// Skills and abilities.
        Skills = "skills",
        /// Equipment and software.
        Tools = "tools",
        /// Whom it suits.
        Suits = "suits",
        /// What comes after.
        Next = "next",
        /// Renewing a license, continuing education.
        Renewal = "renewal",
        /// Jobs side by side.
        Compare = "compare",
        /// Jobs that meet conditions.
        List = "list",
        /// Which job fits me.
        Suggest = "suggest",
        /// From here to a goal in steps.
        Path = "path",
        /// How to choose.
        Choose = "choose",
        /// What a trend is.
        Trend = "trend",
        /// The jobs of a trend.
        TrendRoles = "trend-roles",
        /// The trends of a job.
        RoleTrends = "role-trends",
        /// All trends.
        TrendsAll = "trends-all",
        /// A greeting.
        Greeting = "greeting",
        /// Thanks.
        Thanks = "thanks",
        /// What the bot can do.
        Help = "help",
        /// Where the figures come from.
        Sources = "sources",
        /// What a term means.
        Define = "define",
        /// More of the same.
        More = "more",
        /// Tuition, loans, who pays.
        Cost = "cost",
        /// How hard school or exam is.
        Difficulty = "difficulty",
        /// Bonuses, insurance, unions.
        Benefits = "benefits",
        /// Criminal record, disability, age, looks.
        Background = "background",
        /// Trained abroad.
        ForeignTraining = "foreign-training",
        /// Military training counted.
        MilitaryCredit = "military-credit",
        /// A license in another state.
        Compact = "compact",
        /// Particular schools.
        School = "school",
        /// Employers, vacancies.
        Employer = "employer",
        /// Travel and agency contracts.
        Travel = "travel",
        /// Work in another country.
        Abroad = "abroad",
        /// Visas.
        Visa = "visa",
        /// Figures of years gone by.
        History = "history",
        /// Resumes, essays, letters.
        Document = "document",
        /// Opinions.
        Opinion = "opinion",
        /// Medical advice.
        Medical = "medical",
        /// Danger to life or limb.
        Crisis = "crisis",
        /// Sad or overwhelmed, without danger.
        Distress = "distress",
        /// Orders to the bot.
        Orders = "orders",
        /// Anything else.
        OffTopic = "off-topic",
        /// Which job does what is described.
        WhichJob = "which-job",
    }
}

impl Label {
    /// Its place in [`Label::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }
}
