//! What a member wants to know, and the words that say so: one row an intent.
//!
//! Knows nothing of roles. A phrase counts only outside the names found in the question.

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cue {
    /// What they do, asked outright.
    Duties,
    /// A word such as "do" or "what is a": duties, unless something else is asked.
    Do,
    /// A usual day.
    Day,
    /// Where they work.
    Workplace,
    /// Pay.
    Pay,
    /// Growth of jobs.
    Growth,
    /// Openings a year.
    Openings,
    /// Number of jobs.
    Employment,
    /// Education and the way in.
    Training,
    /// License, exam, certificate.
    License,
    /// Remote work.
    Remote,
    /// Skills.
    Skills,
    /// Tools and software.
    Tools,
    /// Whom the work suits.
    Suits,
    /// A comparison.
    Compare,
    /// Trends.
    Trend,
    /// A list of roles.
    List,
    /// Next steps from a role.
    Next,
    /// How to choose.
    Choose,
    /// A greeting.
    Greeting,
    /// Thanks.
    Thanks,
    /// What the bot can do.
    Help,
    /// What something is said to be about: weak, lets a name be the whole question.
    About,
    /// The word "make" and its forms: pay, unless something else is asked.
    Make,
    /// "How much": pay, unless it asks for schooling.
    HowMuch,
    /// "To be a": training, unless something else is asked.
    BeA,
    /// "How long": training.
    HowLong,
    /// A word for school or education on its own.
    School,
    /// Sources and dates of the figures.
    Sources,
    /// Something about work that the knowledge holds nothing on.
    NotHeld,
}

/// The phrases of each intent. Plurals are met by their singular.
#[rustfmt::skip]
pub const CUES: &[(Cue, &[&str])] = &[
    (Cue::Duties, &[
        "duty", "task", "be doing", "would i do", "do all day", "doing all", "do what", "does what", "work makes", "doing at", "doing in", "responsibility", "job description", "in charge of", "responsible for", "describe", "role of", "job of", "work of", "what kind of work", "do at work", "do all",
        "main job", "activity", "perform", "handle", "scope", "do for a living", "purpose", "point of", "what exactly",
    ]),
    (Cue::Do, &["do", "does", "did", "doing", "what is a", "what is an", "what are", "whats a", "what a", "who is", "explain", "meaning of"]),
    (Cue::Day, &[
        "day in the life", "typical day", "usual day", "normal day", "average day", "daily routine", "typical shift", "a day", "day look like",
        "day to day", "hour by hour", "workday", "work day", "daily", "routine", "shift look like", "shift like", "day like", "day at work",
        "typical week", "normal week", "from morning to evening", "morning to evening", "morning to night", "whole day", "day as", "day of a", "day of an", "all day", "schedule look like", "a shift", "average shift", "normal shift", "working day",
    ]),
    (Cue::Workplace, &[
        "where do they work", "work setting", "workplace", "where can i work", "where would i work", "where does", "where do", "work environment", "what setting", "kind of place", "places to work", "who employs", "who hires",
        "night shift", "night shifts", "nights", "work weekends", "weekends", "on call", "12 hour shifts", "twelve hour shifts", "12 hr shifts", "holidays", "shift work", "rotating shifts", "graveyard",
    ]),
    (Cue::Pay, &[
        "salary", "pay", "paid", "paying", "payment", "wage", "earn", "earning", "earned", "income", "money", "compensation", "hourly", "per hour", "an hour", "annual pay",
        "paycheck", "dollar", "usd", "buck", "remuneration", "make a year", "make per year", "make an hour", "how much do", "how much does", "bring home", "gets more", "get more", "earns more", "going rate", "the rate", "rate for",
        "take home", "well paid", "starting pay", "median", "percentile", "pay range", "salry", "sallary", "payscale", "worth financially", "cash", "dough", "stipend", "per annum", "a year before tax", "rich",
        "how much is", "how much are", "k a year", "make bank", "pays", "live on", "get paid", "paid well", "pay well", "pay scale", "quid", "living wage", "what do they get", "how much would i get", "how much will i get", "how much can i get", "how much can i make", "how much will i make", "six figure", "six figures",
    ]),
    (Cue::Growth, &[
        "growth", "grow", "growing", "outlook", "demand", "future", "projection", "projected", "prospect", "decline", "declining", "shrink", "shrinking", "job market",
        "job security", "stable", "in demand", "dying", "obsolete", "expand", "expanding", "forecast", "next ten years", "next 10 years", "in ten years", "in 10 years", "in 20 years", "in five years", "in 5 years", "still need", "still be around", "need more of", "by 2035", "2035", "needed in the future", "going away", "disappearing", "disappear", "replaced", "die out", "dying out", "still be needed", "secure", "boom", "booming", "safe job", "safe career", "future proof", "futureproof", "hot field", "still exist", "saturated", "oversaturated", "increase", "increasing", "rise", "rising", "job loss", "losing jobs",
    ]),
    (Cue::Openings, &["opening", "vacancy", "job opening", "yearly opening", "annual opening", "position open", "openings per year", "openings per annum", "spot open", "positions each year", "jobs open", "open up", "jobs come up", "new positions", "easy to find a job", "easy to find work", "easy to get hired", "hard to find a job", "find a job", "find work", "get a job"]),
    (Cue::Employment, &["how many job", "how many people work", "number of job", "how many are there", "how many exist", "employed", "employment", "workforce size", "how many people", "headcount", "number of people", "total jobs"]),
    (Cue::Training, &[
        "become", "becoming", "degree", "education", "study", "studying", "train", "training", "qualification", "qualified", "qualify", "prerequisite", "requirement", "required",
        "bachelor", "master", "associate degree", "diploma", "phd", "doctorate", "ged", "college", "university", "course", "get into", "way into", "path to", "pathway", "break into",
        "enter", "entry", "step", "steps", "how to be", "schooling", "go to school", "school for", "in school", "years of school", "level of education",
        "educated", "credential needed", "do i need", "start out", "get started", "train as", "train for", "msn", "bsn", "residency", "med school", "medical school", "apprenticeship", "internship", "class", "classes", "without a degree", "no degree", "learn", "program to", "bootcamp", "graduate", "undergrad", "grad school", "hoops", "route", "how do i get to be", "career change into", "switch to", "switch into", "transition", "bridge", "retrain", "road to", "major in", "what major", "uni", "takes to", "take to", "what does it take", "eligib", "eligible", "academic", "background do i need", "experience do i need", "no experience", "entry level",
    ]),
    (Cue::License, &[
        "license", "licence", "licensed", "licenced", "licensing", "licensure", "certification", "certified", "certify", "certificate", "exam", "board exam", "board certification", "state board",
        "registration", "registered", "register", "credential", "credentials", "permit", "nclex", "test to pass", "exam to pass", "certs", "cert", "pass a test", "test", "board", "legally", "legal to practice", "regulated", "compact", "accreditation", "accredited", "take an exam", "exams", "licens", "papers",
    ]),
    (Cue::Remote, &[
        "remote", "remotely", "from home", "work from home", "working from home", "wfh", "telework", "telecommute", "telecommuting", "home office", "home based", "at home", "online", "hybrid", "from my house",
        "from my couch", "from my flat", "from my bedroom", "in my pajamas", "on site", "onsite", "in person", "virtually", "from anywhere", "digital nomad", "laptop", "frm home", "from hom", "wrk from home", "teletherapy", "telehealth job", "by video", "over video", "video call", "living room", "over zoom", "by phone", "from their house", "from your house", "from your home", "from their home", "from her house", "from his house", "from house", "from my sofa", "from my bed", "from the couch", "from abroad", "commute", "in the office", "home job", "stay at home", "staying home", "without leaving the house", "without leaving home", "leave the house", "my kitchen table", "work at home",
    ]),
    (Cue::Skills, &["skill", "good at", "strength", "ability", "abilities", "what makes a good", "makes a good", "talent", "trait of", "competency", "soft skill", "quality", "qualities", "knowledge", "know how", "should i be able", "better at", "need to know", "aptitude", "strong in", "skillset", "skill set", "abilitys", "must i know", "subject", "subjects at school"]),
    (Cue::Tools, &["tool", "software", "computer program", "computer", "computer stuff", "technology", "tech stack", "equipment", "apps", "app", "system do they use", "systems", "programming language", "program do they use", "programs do they use", "what programs", "use at work", "which programs", "it systems", "computer systems", "computer skills", "programs should", "instruments", "machines do they use", "gear", "platforms", "ehr"]),
    (Cue::Suits, &[
        "suit", "suited", "suitable", "suit me", "fit", "fit for", "right for me", "good for me", "good fit", "for me", "would i like", "would i enjoy", "personality", "introvert", "introverted", "extrovert", "kind of person", "type of person",
        "sort of person", "cut out", "my type", "my personality", "like it", "enjoy it", "shy", "squeamish", "anxious", "burnout", "stressful", "stress", "should i become", "match for me", "handle blood", "who should", "someone who", "somebody who", "person who", "people who", "do i have what it takes", "my thing", "hard job", "hard work", "too hard", "interest type", "riasec", "holland code", "interests match", "who would like",
    ]),
    (Cue::Compare, &[
        "vs", "versus", "v", "difference", "different", "differ", "compare", "compared", "comparison", "better than", "more than", "less than", "which is better", "which one", "which pays", "or", "than", "who makes more", "who earns more", "who gets paid more",
        "side by side", "same as", "the same", "same thing", "against", "distinguish", "distinction", "instead of", "between", "contrast", "each", "both",
    ]),
    (Cue::Trend, &["trend", "future of", "affected by", "affect", "impact", "change in", "changing", "transform", "what is happening", "the article", "ten trends", "influence", "touch", "shaping", "shape", "driving", "trending", "why is", "whats new", "effect"]),
    (Cue::List, &[
        "job", "career", "role", "profession", "occupation", "which", "what job", "list", "options", "any job", "position", "highest", "best", "top", "fastest", "lowest", "most", "what can i do", "something", "what should i", "worker", "field", "work", "who gets", "who does it", "professional", "gig", "people does", "hire", "hired", "whats out there", "what is there", "exists", "show me", "name some", "staff",
    ]),
    (Cue::Next, &["next step", "career path", "career ladder", "advance", "advancement", "move up", "promotion", "promoted", "after being", "after working", "after a few years", "step up", "progress", "progression", "what comes after", "grow into", "work my way up", "climb", "where can i go from", "related job", "related career", "similar job", "similar to", "alternative", "jobs like", "careers like", "like a", "upward"]),
    (Cue::Choose, &[
        "how do i choose", "how to choose", "choose a career", "choosing", "choose", "decide", "where do i start", "where to start", "no idea", "dont know what i want", "not sure what", "which career", "what career", "help me pick", "help me find", "pick a career", "undecided", "confused about my career", "career advice", "what should i become", "what should i be", "figure out", "lost", "dont know what to do", "cant decide",
    ]),
    (Cue::Greeting, &["hi", "hello", "hey", "hiya", "yo", "howdy", "hola", "sup", "whats up", "good morning", "good afternoon", "good evening", "greetings", "heya", "hey there", "hi there", "hallo", "bonjour", "gm", "wassup", "ello"]),
    (Cue::Thanks, &["thanks", "thank", "thank you", "thx", "ty", "tysm", "cheers", "appreciate", "appreciated", "much obliged", "thank u", "thankyou", "gracias", "merci", "danke", "good bot", "great answer", "helped a lot", "bye", "goodbye"]),
    (Cue::Help, &["help", "what can you do", "what can u do", "how do you work", "how does this work", "command", "who are you", "what are you", "how to use", "how do i use", "what do you know", "what can i ask", "are you a bot", "are you chatgpt", "are you an ai", "are you ai", "are you a robot", "what is this bot", "what does this bot", "what topics", "are you human", "real human", "real person", "are you real", "what else can you", "what questions", "what do you cover", "who made you", "what are you for"]),
    (Cue::About, &["about", "tell me", "information", "info", "details", "everything", "overview", "summary", "summarize", "summarise", "paragraph", "definition", "eli5", "tldr", "learn about", "in short"]),
    (Cue::Make, &["make", "making", "made", "get", "give"]),
    (Cue::HowMuch, &["how much", "how well"]),
    (Cue::HowLong, &["how long", "how many years", "how many months", "how quick", "how quickly", "how fast can", "how soon", "time does it take", "takes how long", "long does it take", "quickest way", "fastest way"]),
    (Cue::BeA, &["be a", "be an", "need to be", "become one"]),
    (Cue::School, &["school", "skool"]),
    (Cue::NotHeld, &[
        "benefits", "part time", "paid time off", "pto", "pension", "overtime", "vacation days", "health insurance", "maternity leave", "sick leave", "retirement plan", "401k", "tips", "union", "hours a week", "what hours", "how many hours", "hours per week", "work life balance", "dress code", "scrubs", "drug test", "background check", "age limit", "too old", "gender", "percent male", "percent female", "turnover", "malpractice",
        "male nurse", "male nurses", "felony", "felon", "criminal record", "misdemeanor", "dui", "tattoo", "tattoos", "piercing", "piercings", "colorblind", "color blind", "minimum age", "how old do you have to be", "how old do i have to be", "years old", "shift differential", "night differential", "bonus",
    ]),
    (Cue::Sources, &["source", "where do your numbers", "where does your data", "where do you get", "data from", "how recent", "how old is the data", "how do you know", "citation", "how old is your", "how old are your", "how current", "how up to date", "where do you get your"]),
];
