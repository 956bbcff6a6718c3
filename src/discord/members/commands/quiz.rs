//! `/quiz`: twelve short questions on what a member likes, and roles to match.
//!
//! Two questions for each of O*NET's six interest types, in words of our own. The answers so far stand in the buttons, one
//! letter each; nothing is stored.

use serenity::model::application::CommandType;

use crate::answer::evidence::add_sources;
use crate::answer::{Answer, Item, Outcome};
use crate::discord::app::App;
use crate::discord::command::{Command, Input, Run};
use crate::discord::interaction::context::InteractionContext;
use crate::discord::interaction::response::Response;
use crate::discord::interaction::view_options::View;
use crate::discord::members::{answer_buttons, answer_view};
use crate::discord::message::body::Message;
use crate::discord::message::components::{Button, Row};
use crate::discord::message::custom_id::{Action, Tag};
use crate::discord::message::locale;
use crate::knowledge::terms::Interest;
use crate::knowledge::{Knowledge, Role, RoleId, Topic};

/// `/quiz`.
pub const COMMAND: Command = Command {
    name: "quiz",
    description: "Twelve short questions: which roles might you like?",
    body: |body| body,
    kind: CommandType::ChatInput,
    run: Run::Now(|app, input: &Input<'_>| -> Response { step(app, input.call, "").into() }),
    suggest: None,
};

/// What each question asks, and the interest type that it is for.
const QUESTIONS: [(Interest, &str); 12] = [
    (Interest::Social, "help a frightened patient feel at ease?"),
    (
        Interest::Realistic,
        "set up and run a machine that takes pictures of bones?",
    ),
    (
        Interest::Investigative,
        "find out why a test result does not fit the symptoms?",
    ),
    (
        Interest::Conventional,
        "keep records so exact that nobody has to ask twice?",
    ),
    (
        Interest::Enterprising,
        "lead a team and answer for its budget?",
    ),
    (
        Interest::Artistic,
        "design a leaflet that makes a hard subject clear?",
    ),
    (
        Interest::Realistic,
        "work with your hands most of the day, on your feet?",
    ),
    (
        Interest::Social,
        "teach somebody to live well with a new diagnosis?",
    ),
    (
        Interest::Conventional,
        "check codes and rules until every detail is right?",
    ),
    (
        Interest::Investigative,
        "read studies and weigh what they prove?",
    ),
    (
        Interest::Artistic,
        "find a new way to reach a child who will not talk?",
    ),
    (
        Interest::Enterprising,
        "persuade people to try a better way of working?",
    ),
];

/// The letters of the answers, what they say and how they count.
const ANSWERS: [(char, &str, u32); 3] = [('y', "Yes", 2), ('u', "Not sure", 1), ('n', "No", 0)];

/// Roles shown at the end.
const ROLES: usize = 8;

/// The next question after these answers, or the result. Letters that are no answers are passed over.
pub fn step(app: &App, call: &InteractionContext, answers: &str) -> Message {
    let answers: String = answers
        .chars()
        .filter(|letter| ANSWERS.iter().any(|(known, _, _)| known == letter))
        .take(QUESTIONS.len())
        .collect();
    match QUESTIONS.get(answers.len()) {
        Some((_, question)) => ask(&answers, question),
        None => result(app, call, &answers),
    }
}

fn ask(answers: &str, question: &str) -> Message {
    let mut buttons: Vec<Button> = ANSWERS
        .iter()
        .filter_map(|(letter, words, _)| {
            Some(Button::new(Action::Quiz(format!("{answers}{letter}")).encode()?, *words).main())
        })
        .collect();
    if let Some((last, _)) = answers.char_indices().last() {
        buttons.extend(
            Action::Quiz(answers[..last].to_owned())
                .encode()
                .map(|id| Button::new(id, "Back")),
        );
    }
    let content = format!(
        "**Question {} of {}:** Would you like to {question}\n-# There is no right answer. Nothing is stored: your answers stand in the buttons below.",
        answers.len() + 1,
        QUESTIONS.len()
    );
    Message {
        rows: vec![Row::Buttons(buttons)].into(),
        ..Message::private(content)
    }
}

/// Points of each type, most first; equal ones in the order of O*NET's list.
fn points(answers: &str) -> Vec<(Interest, u32)> {
    let mut points: Vec<(Interest, u32)> = Interest::ALL
        .iter()
        .map(|interest| (*interest, 0))
        .collect();
    for ((interest, _), letter) in QUESTIONS.iter().zip(answers.chars()) {
        let worth = ANSWERS
            .iter()
            .find(|(known, _, _)| *known == letter)
            .map_or(0, |(_, _, worth)| *worth);
        points
            .iter_mut()
            .filter(|(known, _)| known == interest)
            .for_each(|(_, sum)| *sum += worth);
    }
    points.sort_by_key(|(_, sum)| std::cmp::Reverse(*sum));
    points
}

/// How well a role fits: a role's strongest interest counts three times, its second twice.
fn fit(role: &Role, points: &[(Interest, u32)]) -> u32 {
    let of = |interest: &Interest| {
        points
            .iter()
            .find(|(known, _)| known == interest)
            .map_or(0, |(_, sum)| *sum)
    };
    role.interests
        .iter()
        .zip([3, 2, 1])
        .map(|(interest, weight)| of(interest) * weight)
        .sum()
}

fn best(knowledge: &Knowledge, points: &[(Interest, u32)]) -> Vec<RoleId> {
    let mut roles: Vec<RoleId> = knowledge.role_ids().collect();
    roles.sort_by_key(|id| {
        (
            std::cmp::Reverse(fit(knowledge.role(*id), points)),
            knowledge.role(*id).title.clone(),
        )
    });
    roles.truncate(ROLES);
    roles
}

fn result(app: &App, call: &InteractionContext, answers: &str) -> Message {
    let knowledge = app.advisor().knowledge();
    let points = points(answers);
    let liked: Vec<&(Interest, u32)> = points.iter().filter(|(_, sum)| *sum > 0).take(3).collect();
    let mut answer = Answer::new(Outcome::Answered, "Ideas from your answers");
    if liked.is_empty() {
        answer.direct.push(
            "You said no to everything, so I have nothing to go by. Start again, or browse with /explore.".to_owned(),
        );
    } else {
        // The list below bears O*NET's names, so they are explained here.
        let words: Vec<String> = liked
            .iter()
            .map(|(interest, _)| format!("{} ({})", interest.plain(), interest.name()))
            .collect();
        answer.direct.push(format!(
            "You seem to like {}. These roles have something of that, each with its types, strongest first. They are ideas, not an assessment.",
            words.join("; ")
        ));
        for id in best(&knowledge, &points) {
            let names: Vec<&str> = knowledge
                .role(id)
                .interests
                .iter()
                .map(|interest| interest.name())
                .collect();
            answer.items.push(Item {
                subject: crate::advisor::subject(&knowledge, Topic::Role(id)),
                note: names.join(", "),
            });
        }
    }
    let onet = knowledge.sources.keys().find(|id| id.0.starts_with("onet"));
    add_sources(&knowledge, &mut answer, onet, None);
    answer.caveats.push("The six interest types and each role's types are O*NET's; the questions are not. For a real assessment, take the free O*NET Interest Profiler: https://www.mynextmove.org/explore/ip".to_owned());
    let view = View {
        embeds: call.embeds,
        language: locale::language_note(&call.locale),
        ..View::default()
    };
    let mut rows: Vec<Row> = answer_buttons::topics(
        answer.items.iter().map(|item| &item.subject),
        "Open one of these",
    )
    .into_iter()
    .collect();
    let mut last = Vec::new();
    last.extend(
        Action::Quiz(String::new())
            .encode()
            .map(|id| Button::new(id, "Start again")),
    );
    last.extend(
        Action::Share(None)
            .encode()
            .map(|id| Button::new(id, "Share")),
    );
    last.extend(answer_buttons::verdict(Some(Tag::of(COMMAND.name))));
    rows.push(Row::Buttons(last));
    Message {
        rows: rows.into(),
        ..answer_view::answer(&answer, &view)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_has_two_questions() {
        for interest in Interest::ALL {
            assert_eq!(
                QUESTIONS
                    .iter()
                    .filter(|(known, _)| known == interest)
                    .count(),
                2,
                "{}",
                interest.name()
            );
        }
    }

    #[test]
    fn who_likes_science_is_shown_science_first() {
        let answers: String = QUESTIONS
            .iter()
            .map(|(interest, _)| {
                if *interest == Interest::Investigative {
                    'y'
                } else {
                    'n'
                }
            })
            .collect();
        let points = points(&answers);
        assert_eq!(points[0], (Interest::Investigative, 4));
        let knowledge = crate::knowledge::load_shipped().expect("the shipped knowledge loads");
        assert_eq!(
            knowledge
                .role(best(&knowledge, &points)[0])
                .interests
                .first(),
            Some(&Interest::Investigative)
        );
    }
}
