//! Questions that are known to be answered wrongly. A test goes on without them and says them aloud; it fails when one is
//! mended and still stands here. Nothing may be added to hide what got worse.

/// The questions, as the tests ask them.
pub(super) const KNOWN_FAULTS: &[&str] = &[
    "highest paying job under 2 years of school that isnt nursing",
    "does a medical lab scientist work nights",
    "are there 12 hour shifts for respiratory therapists",
    "everything but nursing with associates",
    "can a counselor help a suicidal friend",
    "my passion is helping people who are suicidal",
    "what remote jobs are there for my hamster",
    "whats the vibe of being an rn",
    "I don't want to be a nurse or a doctor, what else is there",
    "how do I become a paramedic and how much do they make",
    "which jobs are safe from AI",
    "which of them pay over 100k",
    "do you need an associates to be a nurse",
    "i have a masters, do i need more to be a dietitian",
    "not good with needles",
    "i dont hate blood",
    "im not bad at math",
    "im not squeamish at all",
    "lab work, not a people person, no degree",
    "helping people, no degree",
    "no degree, helping people",
    "i want to help ppl, no degree",
    "part time health jobs for students",
    "i'm not a nurse, how do i become one",
    "what can I do in healthcare",
    "why not become a nurse",
    "what is healthcare",
    "remote jobs in Texas and Ohio",
];
