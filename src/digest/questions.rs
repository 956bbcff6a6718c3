//! Questions that close a post: each time another one.

/// Of a trend.
const OF_TRENDS: &[&str] = &[
    "Where do you already meet this trend, at work or in your studies?",
    "Who here works with this already, and what surprised you most?",
    "What would you want to know before you build a career on it?",
    "Which of the roles above would you try for a month?",
    "Does this make your own plans easier or harder?",
    "What do patients gain from it, and what might they lose?",
    "If you could learn one skill for it this year, which one?",
    "What would you tell a student who starts school today?",
    "Do you think this will look the same in ten years?",
    "Which part of it is said too loudly, and which not enough?",
    "What would have to change where you work before this takes off?",
];

/// Of a role; `{plural}` are those who do it.
const OF_ROLES: &[&str] = &[
    "What would you ask one of the {plural} before choosing this work?",
    "Is anyone here one of the {plural}, or on the way to it? How did you begin?",
    "Which part of this work would you enjoy most?",
    "Which part of this work would you find hardest?",
    "Who do you know that this work would suit?",
    "What do people get wrong about {plural}?",
    "Would you rather start here or come to it later?",
    "What made you first hear of {plural}?",
    "Which of the roles above would you compare it with?",
    "What would make you say yes to this job, and what no?",
    "How would you explain this job to a friend in one sentence?",
];

/// The question of a trend whose turn it is.
pub(super) fn of_trend(turn: usize) -> String {
    OF_TRENDS[turn % OF_TRENDS.len()].to_owned()
}

/// The question of a role whose turn it is.
pub(super) fn of_role(plural: &str, turn: usize) -> String {
    OF_ROLES[turn % OF_ROLES.len()].replace("{plural}", plural)
}
