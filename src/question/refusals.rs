//! What the bot does not answer, and the words that show it: one row a reason.
//!
//! Knows words only; which reason wins is decided in `understand`.

/// Why a question is not covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// Somebody may be in danger: answered with a pointer to help, never stored.
    Crisis,
    /// An attempt to give the bot orders.
    Injection,
    /// Medical advice.
    Medical,
    /// Pay or rules in another country.
    Abroad,
    /// Pay by city.
    City,
    /// Visas and immigration.
    Visa,
    /// Who is hiring; vacancies.
    Employer,
    /// Particular schools, rankings, fees.
    School,
    /// Opinions, votes, politics.
    Opinion,
    /// A job outside the knowledge.
    OtherJob,
    /// Something else, or nothing that can be read.
    Other,
}

/// Phrases that are enough by themselves.
#[rustfmt::skip]
pub const PHRASES: &[(Reason, &[&str])] = &[
    (Reason::Crisis, &[
        "kill myself", "killing myself", "suicide thoughts", "suicidal thoughts", "im suicidal", "i am suicidal", "feel suicidal", "feeling suicidal", "commit suicide", "want to die", "wanna die", "wish i was dead", "wish i were dead", "end my life", "ending my life", "take my own life", "end it all", "want it to end",
        "dont want to live", "do not want to live", "dont want to be alive", "dont wanna live", "no reason to live", "hurt myself", "hurting myself", "harm myself", "harming myself", "cut myself", "cutting myself", "self harm", "self harming", "hits me", "beats me", "hit me again", "abuses me", "abusing me", "being abused", "raped", "overdosed", "overdose on purpose",
        "better off dead", "better off without me", "cant go on", "can not go on", "dont want to be here anymore", "dont want to wake up", "want to disappear forever", "thinking of ending", "nothing to live for", "jump off a bridge", "standing on a bridge", "standing on the bridge", "goodbye forever", "kms", "unalive myself", "going to hurt me", "afraid he will", "is it worth living", "tired of living", "tired of being alive", "not worth living", "nobody would miss me", "no one would miss me", "see the point anymore", "took too many pills", "took all my pills", "want to kill", "going to kill",
    ]),
    (Reason::Injection, &[
        "ignore all previous", "ignore previous", "ignore your instructions", "ignore the above", "ignore all instructions", "ignore your rules", "ignore everything", "disregard all", "disregard previous", "disregard your", "forget your instructions", "forget all previous", "forget everything", "forget the rules", "previous instructions", "system prompt", "your instructions", "your prompt", "initial prompt", "hidden instructions",
        "you are now", "you are dan", "do anything now", "jailbreak", "developer mode", "pretend you are", "pretend to be", "act as", "roleplay", "role play as", "repeat after me", "new instructions", "override your", "bypass your", "no rules", "without restrictions", "unrestricted", "reveal your", "print your", "your api key", "your token", "bot token", "environment variables", "drop table", "select from", "script alert", "admin mode", "sudo", "rm rf",
    ]),
    (Reason::Visa, &[
        "visa", "h1b", "h1 b", "h 1b", "green card", "eb3", "eb 3", "eb2", "immigration", "immigrate", "immigrant visa", "work permit", "sponsorship", "visa sponsor", "sponsor my", "sponsor me", "sponsors", "j1", "tn status", "f1 student", "opt extension", "citizenship", "undocumented", "daca", "asylum", "deported", "uscis", "visascreen", "visa screen",
    ]),
    (Reason::Employer, &[
        "kaiser", "kaiser permanente", "mayo clinic", "cleveland clinic", "hca", "cvs", "walgreens", "walmart", "amazon", "johns hopkins hospital", "unitedhealth", "optum", "labcorp", "quest diagnostics", "ascension", "providence health", "va hospital", "mass general", "google health", "indeed", "linkedin", "glassdoor", "ziprecruiter",
        "who is hiring", "whos hiring", "hiring near me", "hiring right now", "is hiring", "are hiring", "hiring now", "currently hiring", "near me", "jobs in my area", "jobs in my city", "jobs in my town", "apply for a job at", "application link", "apply at", "job posting", "job listing", "job ads", "find me a job", "get me a job", "recruiter", "send my resume", "my resume", "my cv", "cover letter", "interview questions", "interview tips", "job interview", "best hospital to work", "best company", "best employer", "which hospital pays", "which hospitals", "which company", "what companies", "signing bonus", "sign on bonus", "apply online", "where can i apply", "where do i apply", "walk in interview", "hire me", "hiring event",
    ]),
    (Reason::School, &[
        "best school", "best college", "best university", "best nursing school", "best medical school", "best med school", "best pa school", "best program", "top school", "top college", "top university", "top program", "top nursing school", "top ten school", "good school for", "good nursing school", "cheapest school", "cheapest program", "cheapest nursing", "easiest school", "easiest program", "easiest pa", "which school", "which college", "which university", "what school should", "what college should", "recommend a school", "recommend a college", "recommend a program", "school near", "college near", "programs in", "nursing school in", "medical school in", "pa school in", "colleges in",
        "ranked", "ranking", "rankings", "rank the", "acceptance rate", "admission rate", "get into harvard", "harvard", "yale", "stanford", "johns hopkins", "duke", "ucla", "usc", "nyu", "columbia university", "chamberlain", "wgu", "western governors", "walden", "university of phoenix", "galen", "penn state", "gpa", "mcat score", "gre score", "teas score", "sat score", "tuition", "scholarship", "financial aid", "student loan", "fafsa", "how expensive is", "how much is tuition", "application deadline", "get admitted", "admission requirements at",
    ]),
    (Reason::Opinion, &[
        "vote", "election", "president", "republican", "democrat", "trump", "biden", "politician", "political party", "your opinion", "what do you think of", "do you think", "in your opinion", "which religion", "is god", "abortion", "gun control", "obamacare", "should healthcare be free", "universal healthcare", "medicare for all", "capitalism", "is it ethical", "should vaccines be", "vaccine mandate", "overpaid", "who is the best", "men or women", "women or men", "worst hospital", "are unions", "insurance companies evil",
    ]),
    (Reason::Other, &[
        "my cat", "my dog", "my puppy", "my kitten", "my hamster", "my pet", "my horse", "my bird", "my fish", "recipe", "weather", "super bowl", "football score", "who won", "movie", "song lyrics", "poem", "joke", "python function", "python script", "write a script", "bash script", "write code", "write a program", "code that", "linked list", "my homework", "homework", "solve for", "equation", "translate", "capital of", "president of", "horoscope", "lottery", "stock price", "bitcoin", "crypto", "video game", "minecraft", "fortnite", "my car", "oil change", "fix my", "haiku", "essay", "rain tomorrow", "rain in", "will it rain", "square root", "meaning of life", "pancakes", "cake", "restaurant", "pizza", "girlfriend", "boyfriend", "dating", "world cup", "premier league", "netflix", "hotel", "flight to", "plane ticket", "iphone", "wifi", "my laptop", "my computer", "my printer", "sql query", "javascript function", "html", "css", "regex", "roast me", "sing a", "riddle", "story about", "dungeons", "pokemon", "anime", "taylor swift", "mortgage", "tax return", "my taxes", "insurance claim", "fix a flat",
    ]),
];

/// Words of illness and treatment. With no role, no career word and somebody's own body or a treatment in question, the
/// message asks for medical advice.
#[rustfmt::skip]
pub const ILLNESS: &[&str] = &[
    "hurt", "hurts", "hurting", "pain", "painful", "ache", "aches", "headache", "migraine", "fever", "rash", "mole", "symptom", "bleeding", "bleed", "vomit", "vomiting", "throwing up", "dizzy", "dizziness", "nausea", "lump", "cough", "coughing", "infection", "infected", "swollen", "swelling", "itchy", "itch", "sore", "numb", "tingling", "sprain", "broken", "burn",
    "blood pressure", "cholesterol", "melatonin", "ibuprofen", "tylenol", "advil", "aspirin", "antibiotic", "dose", "dosage", "mg", "milligram", "pill", "cure", "diagnose", "diagnosis", "cancer", "diabetes", "covid", "flu", "cold", "strep", "allergy", "allergic", "asthma", "pregnant", "period", "anxiety", "depression", "adhd", "ozempic", "insulin", "prescription", "side effect", "vaccine", "weight loss", "lose weight", "insomnia", "sleep", "chest", "stomach", "throat", "knee", "tooth", "toothache", "ear", "eye", "toddler", "oxycodone", "xanax", "adderall", "prozac", "treatment for", "remedy", "home remedy", "safe to take", "take together", "overdose", "wound", "stitches", "concussion", "constipated", "diarrhea", "heartburn", "blood test", "test results", "lab results", "mri results", "x ray results", "biopsy", "tumor", "stroke", "heart attack", "seizure", "miscarriage", "birth control", "std", "uti", "hernia", "ulcer", "acne", "eczema",
];

/// Words that show that the writer or somebody close is the patient.
#[rustfmt::skip]
pub const OWN_BODY: &[&str] = &[
    "my", "i have", "ive got", "i feel", "i am feeling", "im feeling", "should i take", "can i take", "is it safe", "is this", "is it normal", "should i see", "should i go", "should i worry", "what should i do", "what do i do", "how to treat", "how do i treat", "how do you treat", "how to cure", "how many mg", "how to get rid", "early", "sign of", "signs of", "symptom", "symptoms of", "cure for", "treatment for", "remedy", "is it an emergency", "does it mean", "me",
];

/// Words of danger to life. Beside somebody ([`SOMEBODY`]), with no role and nothing asked about a career, they are
/// answered with a pointer to help; "suicide prevention counselor pay" is not.
#[rustfmt::skip]
pub const DANGER: &[&str] = &[
    "suicide", "suicidal", "kill himself", "killing himself", "kill herself", "killing herself", "kill themselves", "killing themselves", "hurt himself", "hurting himself", "hurt herself", "hurting herself", "hurt themselves", "hurting themselves", "harm himself", "harming himself", "harm herself", "harming herself", "harm themselves", "harming themselves", "cut himself", "cutting himself", "cut herself", "cutting herself", "cutting themselves", "hang himself", "hang herself", "hang themselves", "shoot himself", "shoot herself", "shoot themselves", "drown himself", "drown herself", "slit his wrists", "slit her wrists", "slit my wrists",
    "end his life", "end her life", "end their life", "ending his life", "ending her life", "ending their life", "take his own life", "take her own life", "take their own life", "took his own life", "took her own life", "doesnt want to live", "does not want to live", "doesnt want to be alive", "doesnt want to be here anymore", "doesnt want to go on", "no will to live", "will jump", "going to jump", "gonna jump", "wants to jump", "threatened to jump", "threatening to jump", "about to jump", "on the ledge", "on the train tracks",
    "said goodbye", "says goodbye", "saying goodbye", "goodbye note", "gun", "nothing left", "bottle of pills", "all the pills", "all his pills", "all her pills", "too many pills", "overdose", "overdosing", "not breathing", "isnt breathing", "stopped breathing", "threatening to kill", "threatens to kill", "threatened to kill", "threatening me", "threatens me", "stalking me", "molested", "sexually assaulted", "hits her", "hits him", "hits our", "hits the kids", "beats her", "beats him", "beats our", "beats the kids", "beat me up", "abuses her", "abuses him", "abuses our", "abuses the kids", "abuses the children", "abusing her", "abusing him", "abusing our", "abusing the kids", "strangled me", "choked me", "chokes me", "afraid to go home", "scared to go home", "not safe at home", "unsafe at home",
];

/// Words that show that a particular person is meant.
#[rustfmt::skip]
pub const SOMEBODY: &[&str] = &["my", "he", "she", "hes", "shes", "someone", "somebody", "himself", "herself", "im", "i am", "i have", "ive"];
