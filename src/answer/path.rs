//! How to get from one role to another, onwards from a role, or into one: what the files say of the way.

use crate::answer::evidence::{add_passage, add_sources};
use crate::answer::facts::{LICENSE_CAVEAT, push_caveat, push_fact};
use crate::answer::length;
use crate::answer::model::{Answer, Outcome};
use crate::answer::role;
use crate::answer::topics::{subject, subjects};
use crate::answer::wording::{capital, education, inside, join, with_article};
use crate::knowledge::language::Label;
use crate::knowledge::model::{NEXT_STEPS, TRAINING};
use crate::knowledge::{Knowledge, RoleId, Topic};
use crate::search::documents::sentences;
use crate::understanding::request::{Facts, Path};

/// The way, as far as the files tell it.
pub fn answer(knowledge: &Knowledge, asked: &Path) -> Answer {
    match (asked.from, asked.to) {
        (Some(from), Some(to)) => between(knowledge, from, to, asked),
        (Some(from), None) => one(knowledge, from, Label::Next, asked),
        (None, Some(to)) => one(knowledge, to, Label::Education, asked),
        (None, None) => crate::answer::talk::choose(),
    }
}

fn one(knowledge: &Knowledge, role: RoleId, aspect: Label, asked: &Path) -> Answer {
    role::answer(
        knowledge,
        &Facts {
            role,
            aspects: vec![aspect],
            ask: asked.ask.clone(),
        },
    )
}

/// From one role to another: what either file says of the other, then how one becomes the other.
fn between(knowledge: &Knowledge, from: RoleId, to: RoleId, asked: &Path) -> Answer {
    let (start, goal) = (knowledge.role(from), knowledge.role(to));
    let mut answer = Answer::new(
        Outcome::Answered,
        format!("From {} to {}", inside(&start.title), inside(&goal.title)),
    );
    let next = knowledge.section(Topic::Role(from), NEXT_STEPS);
    let way = knowledge.section(Topic::Role(to), TRAINING);
    let mentioned = mentioning(next, &goal.names(), &goal.abbreviations)
        .or_else(|| mentioning(way, &start.names(), &start.abbreviations));
    let bridged = length::bridge(knowledge, from, to, &mut answer);
    if let Some(sentence) = mentioned.filter(|_| !bridged) {
        answer.direct.push(sentence.to_owned());
    }
    if !bridged {
        answer.direct.push(length::sentence(knowledge, to));
    }
    let usual = start.next.contains(&to);
    let word = if usual {
        "is a usual next step"
    } else {
        "is not among the usual next steps that I hold"
    };
    answer.direct.push(format!(
        "{} {word} for {}.",
        capital(&with_article(&goal.title)),
        start.plural
    ));
    if let Some(level) = knowledge
        .figures
        .projections
        .get(&goal.soc)
        .and_then(|row| row.entry_education)
    {
        push_fact(
            &mut answer,
            "Typical entry education",
            education(level).to_owned(),
        );
    }
    push_fact(&mut answer, "License", goal.license_note.clone());
    if !start.next.is_empty() {
        let names: Vec<String> = start
            .next
            .iter()
            .map(|id| inside(&knowledge.role(*id).title))
            .collect();
        push_fact(&mut answer, "Usual next steps", join(&names));
    }
    add_passage(
        knowledge,
        &mut answer,
        Topic::Role(from),
        NEXT_STEPS,
        &asked.ask.words,
    );
    add_passage(
        knowledge,
        &mut answer,
        Topic::Role(to),
        TRAINING,
        &asked.ask.words,
    );
    push_caveat(&mut answer, LICENSE_CAVEAT);
    answer.subjects = vec![
        subject(knowledge, Topic::Role(to)),
        subject(knowledge, Topic::Role(from)),
    ];
    answer.related = subjects(knowledge, goal.related.iter().take(5).copied());
    add_sources(knowledge, &mut answer, &goal.sources, Some(Topic::Role(to)));
    answer
}

/// The first sentence that names a role.
fn mentioning<'a>(text: &'a str, names: &[String], abbreviations: &[String]) -> Option<&'a str> {
    let lower: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    let mut all = sentences(text).map(|bytes| &text[bytes]);
    all.find(|sentence| {
        let small = sentence.to_lowercase();
        lower.iter().any(|name| small.contains(name.as_str()))
            || abbreviations.iter().any(|short| {
                sentence
                    .split(|c: char| !c.is_alphanumeric())
                    .any(|word| word == short)
            })
    })
}
