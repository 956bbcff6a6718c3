//! Likes and dislikes: words that stand for a trait of the work.
//!
//! A table of trait and words; knows nothing of which role has which trait.

use crate::knowledge::terms::Trait;

/// The words for each trait, as people say them.
#[rustfmt::skip]
pub const TRAIT_WORDS: &[(Trait, &[&str])] = &[
    (Trait::Helping, &["helping people", "help people", "helping others", "help others", "caring for people", "caring", "care for people", "look after", "looked after", "looking after", "taking care of", "take care of", "compassionate", "make a difference", "feeding her", "washing her", "nurturing", "empathy", "empathetic", "bedside"]),
    (Trait::Listening, &["listening", "listen", "listener", "talking about feelings", "feelings", "emotions", "talk to people", "talking to people", "talking with people", "conversation", "deep talks", "peoples problems", "their problems", "give advice", "advice to friends", "counsel", "open up to me", "good listener", "people tell me", "confide", "chatting", "talk with people", "personal problems"]),
    (Trait::Teaching, &["teaching", "teach", "explaining", "explain things", "coaching", "mentoring", "mentor", "educating", "motivating", "motivate", "motivator", "presenting", "public speaking", "giving talks", "workshops", "classes for"]),
    (Trait::Leading, &["leading", "lead", "leader", "leadership", "manage", "managing", "boss", "bossy", "in charge", "run things", "told what to do", "run a clinic", "run a hospital", "budget", "business", "running things", "running a team", "supervise", "run the show", "big decisions", "strategy"]),
    (Trait::Organizing, &["organizing", "organising", "organise", "organize", "organised", "organized", "planning", "schedules", "scheduling", "paperwork", "filing", "admin", "administrative", "calendar", "spreadsheets", "to do lists", "lists", "tidy", "phones", "phone calls", "answering phones", "typing", "type fast", "front desk"]),
    (Trait::Detail, &["detail", "details", "accuracy", "accurate", "precise", "precision", "rules", "codes", "perfectionist", "proofreading", "checking", "patterns", "puzzle", "puzzles", "meticulous", "picky"]),
    (Trait::Computers, &["computer", "computers", "coding", "programming", "code", "coder", "programmer", "software", "tech", "techy", "it stuff", "technology", "gaming", "hacking", "hacker", "ctf", "break into stuff", "python", "javascript", "databases", "servers", "ai", "linux", "networks", "developer", "cyber", "cybersecurity"]),
    (Trait::Numbers, &["numbers", "math", "maths", "statistics", "stats", "data", "excel", "analytics", "analysis", "analyzing", "calculations", "charts", "graphs", "spreadsheets"]),
    (Trait::Science, &["science", "biology", "research", "experiments", "experiment", "discover", "discovery", "chemistry", "scientific", "studies", "investigating", "investigate", "viruses", "disease outbreaks", "outbreaks", "microscope", "microscopes", "detective", "curious", "evolution", "anatomy", "chem", "bio", "physics", "physiology"]),
    (Trait::Lab, &["lab", "labs", "laboratory", "microscope", "microscopes", "test tubes", "samples", "pipette", "experiments", "bench work"]),
    (Trait::Machines, &["machines", "machine", "equipment", "gadgets", "devices", "big machines"]),
    (Trait::Imaging, &["scanner", "scanners", "imaging", "x ray", "x rays", "xray", "ultrasound", "mri", "look inside the body", "look inside people", "inside the body", "inside of the body", "pictures of the body", "images of the body", "radiation", "scans", "image", "camera", "cameras", "photography", "photos", "physics"]),
    (Trait::HandsOn, &["hands", "using my hands", "work with my hands", "hands on", "physical", "practical", "fixing things", "fix things", "building things", "craft", "crafts", "fine motor", "steady hands", "making things", "tinkering", "fingers", "artistic", "art", "drawing", "sewing", "woodwork"]),
    (Trait::Movement, &["exercise", "fitness", "gym", "gym rat", "sport", "sports", "athlete", "athletes", "movement", "workout", "working out", "rehab", "rehabilitation", "muscles", "yoga", "personal training", "injury recovery", "training people", "active", "football", "basketball", "running", "dance", "dancing", "marathon", "marathons", "moving all", "be moving", "on the move", "spin class"]),
    (Trait::Medicines, &["medication", "medications", "meds", "pills", "drugs", "pharmacology", "pharmacy"]),
    (Trait::Food, &["food", "cooking", "cook", "nutrition", "eating", "eat healthy", "eat more healthy", "diet", "diets", "recipes", "kitchen", "meal", "vegan", "healthy eating", "baking"]),
    (Trait::Teeth, &["teeth", "tooth", "mouth", "smiles", "dental", "oral health", "gums"]),
    (Trait::Genetics, &["genetics", "genes", "dna", "genome", "genomics", "heredity", "inherited", "family history", "gene"]),
    (Trait::Children, &["kids", "kid", "children", "toddlers", "teens", "teenagers", "schools", "students", "pediatrics", "young people", "adolescents", "babysitting", "babysit"]),
    (Trait::OlderAdults, &["old people", "old person", "old persons", "older people", "elderly", "seniors", "senior", "grandma", "grandmother", "grandparents", "grandpa", "nan", "gran", "old folks", "older adults", "aging", "nursing home", "elders", "granny", "retirement home", "the elderly"]),
    (Trait::Pregnancy, &["babies", "baby", "pregnant", "pregnancy", "birth", "births", "newborns", "newborn", "mothers", "delivering babies", "delivery room", "labor and delivery", "childbirth", "maternity", "pregnant women"]),
    (Trait::MentalHealth, &["mental health", "psychology", "mind", "minds", "brain", "brains", "behavior", "behaviour", "feelings", "emotions", "depression", "addiction", "sober", "comes crying", "trauma", "therapy", "recovery", "drug problems", "alcoholics", "why people do", "how people think", "human mind", "talking through problems", "help people with their problems", "people with their problems"]),
    (Trait::Emergencies, &["adrenaline", "sirens", "siren", "ambulance", "emergency", "emergencies", "fast paced", "action", "pressure", "crisis", "trauma center", "excitement", "exciting", "adrenaline junkie", "rush", "accidents", "thrill", "rescue", "first responder", "chaos", "calm under pressure"]),
    (Trait::Surgery, &["surgery", "surgeries", "operating room", "operations", "operating theatre", "scalpel", "or team", "surgical"]),
    (Trait::Blood, &["blood", "needles", "needle", "gore", "guts", "body fluids", "bodily fluids", "vomit", "pee", "poop", "gross stuff", "gory", "wounds", "squeamish", "sight of blood", "injections", "fluids", "icky", "bodily stuff", "feces", "bedpans", "bed pans"]),
    (Trait::Lifting, &["lifting", "lift", "lift them", "lift people", "lift patients", "on my feet", "standing all day", "standing", "heavy", "heavy lifting", "bad back", "back problem", "back pain", "bad knee", "bad knees", "walking all day", "being on my feet", "strong", "physically demanding", "wheelchair"]),
    (Trait::Driving, &["driving", "drive", "travel", "traveling", "travelling", "on the road", "different places", "going to homes"]),
    (Trait::Shifts, &["night shift", "night shifts", "nights", "weekends", "overnight", "on call", "holidays"]),
    (Trait::Desk, &["desk", "desk job", "office", "sitting", "sit all day", "cubicle", "sitting all day", "behind a desk", "in an office"]),
    (Trait::Quiet, &["alone", "loner", "quiet", "by myself", "on my own", "introvert", "introverted", "shy", "talking to strangers", "strangers", "silence", "independently", "peace and quiet", "being left alone", "social anxiety", "people person"]),
    (Trait::Law, &["law", "laws", "legal", "regulations", "policy", "policies", "privacy", "compliance", "audits", "ethics", "rules", "contracts", "politics", "investigating fraud", "fraud"]),
    (Trait::Writing, &["writing", "write", "typing", "type fast", "grammar", "journalism", "blogging"]),
    (Trait::Community, &["community", "outreach", "neighborhood", "neighbourhood", "poor families", "volunteering", "volunteer", "public health", "my people", "immigrants", "homeless", "social justice", "underserved", "language barrier", "bilingual", "community work", "housing", "charity"]),
];

/// Words of [`TRAIT_WORDS`] that name the opposite of their trait: who hates strangers likes to be alone. As stems.
pub const OPPOSITES: &[&str] = &["talking to stranger", "stranger", "people person"];

/// Words of [`TRAIT_WORDS`] that nobody says of what they look for: who has a bad back wants no lifting. As stems.
pub const UNWANTED: &[&str] = &["bad back", "back problem", "back pain", "bad knee"];

/// Words that say that the writer likes what stands near them.
#[rustfmt::skip]
pub const LIKE: &[&str] = &[
    "like", "love", "enjoy", "into", "passion", "passionate", "interested", "interest", "good at", "good with", "fascinate", "fascinated", "fascinates", "fun", "fan of", "want", "prefer", "keen", "adore", "obsessed", "favorite", "favourite", "dream", "great at", "talent for", "best at", "comfortable with", "happy", "excited", "works for me", "happiest", "calm", "hooked", "fav", "fave", "nerdy", "aced", "good w", "great in", "weirdly into", "sharp with", "sharp w", "curious about", "geek", "nerd", "rat", "hobby", "strong at", "not squeamish", "not scared of", "not afraid of", "unafraid of", "cool with", "wish", "would love", "wanna", "would like", "im a", "i am a", "drawn to", "care about", "type of person", "made for", "looked after", "dont mind", "do not mind", "no problem with", "ok with", "fine with", "okay with", "at ease",
];

/// Words that say that the writer does not want what stands after them.
#[rustfmt::skip]
pub const DISLIKE: &[&str] = &[
    "hate", "dislike", "dont like", "do not like", "didnt like", "cant stand", "cannot stand", "cant handle", "cannot handle", "avoid", "without", "no", "not", "never", "dont want", "do not want", "afraid of", "scared of", "fear of", "bored by", "bore", "bored", "boring", "faint", "pass out", "tired of", "sick of", "cant deal with", "except", "but not", "refuse", "bad at", "terrible at", "awful at", "suck at", "gross", "grossed out", "anxious", "squeamish", "rather not", "less", "nothing with", "cant", "wont", "dread", "nope", "freak", "freaks", "allergic to", "not a fan", "queasy", "make me faint", "makes me faint", "make me sick", "makes me sick", "make me queasy", "makes me queasy", "freak me out", "freaks me out", "gross me out", "grosses me out", "make me pass out", "phobia", "avoiding", "cannot", "isnt for me", "is not for me", "dont deal with", "dont deal", "doesnt deal with", "do not deal with", "not dealing with", "dont involve", "doesnt involve", "do not involve", "does not involve", "not involving", "dont have to deal with", "dont have to touch", "dont touch", "dont include", "dont require", "doesnt require", "dont work with", "dont need", "doesnt need", "arent", "isnt", "free of", "away from", "minus", "other than", "failed", "failing", "fail", "flunked", "struggle with", "struggled with", "struggling with", "not good with", "not good at", "no good at", "not great at", "not great with",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::normalize;

    #[test]
    fn every_opposite_and_all_that_is_unwanted_stands_in_a_row() {
        let stems = |phrase: &&str| normalize::phrase(phrase).into_iter().map(|token| token.stem).collect::<Vec<_>>();
        let rows: Vec<Vec<String>> = TRAIT_WORDS.iter().flat_map(|(_, phrases)| phrases.iter().map(stems)).collect();
        for opposite in OPPOSITES.iter().chain(UNWANTED) {
            assert!(rows.iter().any(|row| row.join(" ") == *opposite), "{opposite}");
        }
    }
}
