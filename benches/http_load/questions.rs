//! What is asked: a handful of questions over and over, as members do, and forty thousand of which no two are the same text.

use std::collections::HashSet;

use careerbot::knowledge::{Knowledge, State, load_shipped};

/// One question of each kind. Members ask the same things; Discord's own examples under `/ask` make them do so.
const USUAL: &[&str] = &[
    "What does a telehealth coordinator do?",
    "How much does a nurse practitioner make in Texas?",
    "which healthcare jobs can I do from home",
    "How do I become a medical coder?",
    "compare registered nurse and physician assistant",
    "what is remote patient monitoring",
    "jobs that need no degree",
    "how do I fix my car",
];

/// The same eight questions, over and over.
pub(crate) fn usual(most: usize) -> Vec<String> {
    (0..most)
        .map(|place| USUAL[place % USUAL.len()].to_owned())
        .collect()
}

/// Questions of the same eight kinds in equal shares, no two of which are the same text: over all roles under all their
/// names, all states, amounts, and pieces of the knowledge's own sentences. One in sixteen has a slip of the pen.
pub(crate) fn distinct(most: usize) -> Vec<String> {
    let knowledge = load_shipped().expect("the shipped knowledge");
    let words = Words::new(&knowledge);
    let mut seen = HashSet::new();
    let mut questions = Vec::with_capacity(most);
    let mut number = 0;
    while questions.len() < most {
        let question = words.question(questions.len() % 8, number);
        number += 1;
        if seen.insert(question.clone()) {
            questions.push(question);
        }
    }
    questions
}

struct Words {
    names: Vec<String>,
    states: Vec<&'static str>,
    pieces: Vec<String>,
}

impl Words {
    fn new(knowledge: &Knowledge) -> Self {
        let roles = || knowledge.role_ids().map(|id| knowledge.role(id));
        let names = roles().flat_map(|role| {
            std::iter::once(&role.title)
                .chain(&role.aliases)
                .chain(&role.titles)
        });
        let texts = knowledge
            .topics()
            .flat_map(|topic| knowledge.sections(topic))
            .map(|section| section.text.as_str());
        let pieces = texts.flat_map(|text| {
            let words: Vec<&str> = text.split_whitespace().collect();
            words
                .chunks(6)
                .filter(|piece| piece.len() == 6)
                .map(|piece| piece.join(" "))
                .collect::<Vec<_>>()
        });
        Self {
            names: names.map(|name| name.to_lowercase()).collect(),
            states: State::all().map(State::name).collect(),
            pieces: pieces.collect(),
        }
    }

    /// A question of a kind. Numbers of other questions give other questions, as a rule.
    fn question(&self, kind: usize, number: usize) -> String {
        // A prime apart, so that neighbors have nothing in common.
        let of =
            |list: &[String], step: usize| list[number.wrapping_mul(step) % list.len()].clone();
        let state = self.states[number.wrapping_mul(13) % self.states.len()];
        let (name, other) = (of(&self.names, 7919), of(&self.names, 104_729));
        let (dollars, share) = (30_000 + number * 37 % 100_000, number % 30);
        let piece = of(&self.pieces, 6_700_417);
        match (kind, number / 8 % 4) {
            (0, 0) => format!("What does a {name} do in {state}?"),
            (0, 1) => format!("tell me what {name}s do all day, number {number}"),
            (0, 2) => format!("what is a {}? I live in {state}", slip(&name, number)),
            (0, _) => format!("Is {name} a good job for somebody in {state}"),
            (1, 0) => format!("How much does a {name} make in {state}?"),
            (1, 1) => format!("{name} pay {state}"),
            (1, 2) => format!(
                "does a {} earn more than ${dollars} in {state}",
                slip(&name, number)
            ),
            (1, _) => format!("what's the salary of {name}s in {state}"),
            (2, _) => format!("which healthcare jobs can I do from home that pay over ${dollars}"),
            (3, 0) => format!("How do I become a {name} in {state}?"),
            (3, 1) => format!("what training does a {name} need in {state}"),
            (3, 2) => {
                format!("how long does it take to become a {name}, I am {share} and in {state}")
            }
            (3, _) => format!("do I need a license as {name} in {state}?"),
            (4, _) => format!("compare {name} and {other} in {state}"),
            (5, 0 | 1) => format!("who {piece}"),
            (5, _) => format!("what is {piece}"),
            (6, 0 | 1) => format!("jobs that need no degree and pay ${dollars}"),
            (6, _) => format!(
                "jobs with a bachelor's degree that grow faster than {share} % and pay over ${dollars}"
            ),
            (_, _) => format!("how do I fix my car in {state} for ${dollars}"),
        }
    }
}

/// The name without one of its letters.
fn slip(name: &str, number: usize) -> String {
    let at = 1 + number % name.chars().count().saturating_sub(1).max(1);
    name.chars()
        .enumerate()
        .filter(|(place, _)| *place != at)
        .map(|(_, c)| c)
        .collect()
}
