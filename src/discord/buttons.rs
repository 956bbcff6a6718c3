//! The buttons and menus below an answer.
//!
//! Knows which of them fit an answer, not what happens when they are pressed.

use crate::answer::{Answer, Choice, Outcome, Subject, SubjectKind};
use crate::discord::custom_id::{Action, Tag};
use crate::discord::limits::{BUTTONS, ENTRY, LABEL, ROWS, SELECT_ENTRIES};
use crate::discord::markdown::{clean, truncate};
use crate::discord::message::{Button, Entry, Row, Select};
use crate::discord::render::View;

/// Every row below an answer: its choices, what is related, and what can be done with it.
pub fn under(answer: &Answer, view: &View<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    rows.extend(choices(&answer.choices));
    if !answer.sensitive {
        rows.extend(related(answer));
        rows.push(Row::Buttons(actions(answer, view)));
    }
    rows.truncate(ROWS);
    rows
}

fn choices(choices: &[Choice]) -> Option<Row> {
    let mut buttons: Vec<Button> = Vec::new();
    for choice in choices {
        let topic = || choice.subject.as_ref().map(|subject| Action::Topic(Tag::of(&subject.slug)));
        let id = Action::Ask(choice.question.clone())
            .encode()
            .or_else(|| topic()?.encode())
            .or_else(|| Action::Ask(choice.label.clone()).encode());
        let Some(id) = id.filter(|id| buttons.iter().all(|button| button.id != *id)) else { continue };
        buttons.extend(button(id, &choice.label).map(Button::main));
    }
    buttons.truncate(BUTTONS);
    (!buttons.is_empty()).then_some(Row::Buttons(buttons))
}

/// A button whose label comes from an answer; `None` when the label shows nothing.
fn button(id: String, label: &str) -> Option<Button> {
    let label = truncate(clean(label).replace('\n', " ").trim(), LABEL);
    (!label.is_empty()).then(|| Button::new(id, label))
}

fn related(answer: &Answer) -> Option<Row> {
    let listed = !answer.items.is_empty() || answer.table.is_some();
    let placeholder = if listed { "Open one of these, or something related" } else { "Related roles and trends" };
    // Of what is compared, each can be opened by itself.
    let compared = answer.subjects.iter().filter(|_| answer.table.is_some());
    topics(answer.items.iter().map(|item| &item.subject).chain(compared).chain(&answer.related), placeholder)
}

/// A menu that opens one of these roles and trends; `None` when there are none.
pub fn topics<'a>(subjects: impl Iterator<Item = &'a Subject>, placeholder: &str) -> Option<Row> {
    let mut entries: Vec<Entry> = Vec::new();
    for subject in subjects {
        let label = truncate(clean(&subject.title).replace('\n', " ").trim(), ENTRY);
        let known = label.is_empty()
            || subject.slug.is_empty()
            || subject.slug.len() > ENTRY
            || entries.iter().any(|entry| entry.value == subject.slug);
        if known {
            continue;
        }
        let description = match (subject.kind, subject.number) {
            (SubjectKind::Role, _) => "Role".to_owned(),
            (SubjectKind::Trend, Some(number)) => format!("Trend {number}"),
            (SubjectKind::Trend, None) => "Trend".to_owned(),
        };
        entries.push(Entry { label, value: subject.slug.clone(), description, default: false });
    }
    entries.truncate(SELECT_ENTRIES);
    let id = Action::Chosen.encode()?;
    (!entries.is_empty()).then(|| Row::Select(Select { id, placeholder: placeholder.to_owned(), entries }))
}

fn actions(answer: &Answer, view: &View<'_>) -> Vec<Button> {
    let mut actions = Vec::new();
    // A question back is no answer yet: there is nothing to share or to compare.
    let asks_back = answer.outcome == Outcome::Clarify;
    if view.private && !asks_back {
        actions.push((Action::Share(view.reply_to), "Share"));
    }
    let roles: Vec<Tag> = answer
        .subjects
        .iter()
        .filter(|subject| subject.kind == SubjectKind::Role)
        .map(|subject| Tag::of(&subject.slug))
        .collect();
    match roles.as_slice() {
        _ if answer.table.is_some() || !answer.items.is_empty() || asks_back => {}
        [] => {}
        [one] => actions.push((Action::CompareWith(*one), "Compare")),
        several => actions.push((Action::Compare(several.iter().take(3).copied().collect()), "Compare")),
    }
    let about = answer.subjects.first().map(|subject| Tag::of(&subject.slug));
    match about {
        _ if answer.outcome != Outcome::Answered => {}
        _ if answer.items.iter().any(|item| item.subject.kind == SubjectKind::Role) => {
            actions.push((Action::Browse, "Explore roles"));
        }
        // More about the first of several would be a surprise; the menu opens each.
        _ if !answer.items.is_empty() || answer.table.is_some() => {}
        Some(about) => actions.push((Action::More(about), "More")),
        None => {}
    }
    actions.push((Action::Feedback(true, about), "👍 Right"));
    actions.push((Action::Feedback(false, about), "👎 Wrong"));
    actions.into_iter().filter_map(|(action, label)| Some(Button::new(action.encode()?, label))).take(BUTTONS).collect()
}
