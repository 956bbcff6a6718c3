//! The buttons and menus below an answer.
//!
//! Knows which of them fit an answer, not what happens when they are pressed.

use crate::answer::compare::MOST_ROLES;
use crate::answer::{Answer, Choice, Outcome, Subject, SubjectKind};
use crate::discord::interaction::view_options::View;
use crate::discord::message::components::{Button, Entry, Row, Select};
use crate::discord::message::custom_id::{Action, Tag};
use crate::discord::message::limits::{BUTTONS, ENTRY, LABEL, ROWS, SELECT_ENTRIES};
use crate::discord::message::markdown::{clean, truncate};
use crate::knowledge::own_trend::of_key;

/// Roles of a list or a trend that are compared at a press.
const SIDE_BY_SIDE: usize = 3;

/// Every row below an answer: its choices, what is related, and what can be done with it.
pub fn under(answer: &Answer, view: &View<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    rows.extend(choices(&answer.choices));
    if !answer.sensitive {
        rows.extend(ways(answer).or_else(|| related(answer)));
        rows.extend(actions(answer, view));
    }
    rows.truncate(ROWS);
    rows
}

fn choices(choices: &[Choice]) -> Option<Row> {
    let mut buttons: Vec<Button> = Vec::new();
    for choice in choices {
        let topic = || {
            choice
                .subject
                .as_ref()
                .map(|subject| Action::Topic(Tag::of(&subject.slug)))
        };
        let id = Action::Ask(choice.question.clone())
            .encode()
            .or_else(|| topic()?.encode())
            .or_else(|| Action::Ask(choice.label.clone()).encode());
        let Some(id) = id.filter(|id| buttons.iter().all(|button| button.id != *id)) else {
            continue;
        };
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
    let placeholder = if listed {
        "Open one of these, or something related"
    } else {
        "Related roles and trends"
    };
    // Of what is compared, each can be opened by itself.
    let compared = answer.subjects.iter().filter(|_| answer.table.is_some());
    topics(
        answer
            .items
            .iter()
            .map(|item| &item.subject)
            .chain(compared)
            .chain(&answer.related),
        placeholder,
    )
}

/// A menu that opens one of several ways step by step; `None` where there are none, or what they were asked for with is too
/// long for a button.
fn ways(answer: &Answer) -> Option<Row> {
    let id = Action::Ways(answer.ways.clone()?).encode()?;
    let entries: Vec<Entry> = answer
        .items
        .iter()
        .take(SELECT_ENTRIES)
        .map(|item| Entry {
            label: truncate(clean(&item.subject.title).replace('\n', " ").trim(), ENTRY),
            value: item.subject.slug.clone(),
            description: truncate(item.note.split(". ").next().unwrap_or_default(), ENTRY),
            default: false,
        })
        .filter(|entry| !entry.label.is_empty())
        .collect();
    (!entries.is_empty()).then(|| {
        Row::Select(Select {
            id,
            placeholder: "Open one way, step by step".to_owned(),
            entries,
        })
    })
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
            _ if of_key(&subject.slug).is_some() => "This server's own trend".to_owned(),
            (SubjectKind::Role, _) => "Role".to_owned(),
            (SubjectKind::Trend, Some(number)) => format!("Trend {number}"),
            (SubjectKind::Trend, None) => "Trend".to_owned(),
        };
        entries.push(Entry {
            label,
            value: subject.slug.clone(),
            description,
            default: false,
        });
    }
    entries.truncate(SELECT_ENTRIES);
    let id = Action::Chosen.encode()?;
    (!entries.is_empty()).then(|| {
        Row::Select(Select {
            id,
            placeholder: placeholder.to_owned(),
            entries,
        })
    })
}

/// "Was this right?" in two buttons; what it is about, where it is about something that can be named.
pub fn verdict(about: Option<Tag>) -> Vec<Button> {
    let labels = [(true, "Was this right? 👍 Yes"), (false, "👎 No")];
    labels
        .into_iter()
        .filter_map(|(right, label)| {
            Some(Button::new(Action::Feedback(right, about).encode()?, label))
        })
        .collect()
}

/// What can be done with an answer, and what can be said of it.
fn actions(answer: &Answer, view: &View<'_>) -> Vec<Row> {
    let (answered, asks_back) = (
        answer.outcome == Outcome::Answered,
        answer.outcome == Outcome::Clarify,
    );
    let mut actions = Vec::new();
    // A question back is no answer yet: there is nothing to share or to compare.
    if view.private && !asks_back {
        actions.push((Action::Share(view.reply_to), "Share"));
    }
    if !asks_back {
        actions.extend(compare(answer).map(|action| (action, "Compare")));
    }
    if answered {
        actions.extend(more(answer).map(|action| (action, "More")));
    }
    if answered
        && answer
            .items
            .iter()
            .any(|item| item.subject.kind == SubjectKind::Role)
    {
        actions.push((Action::Browse, "Explore roles"));
    }
    let actions = actions
        .into_iter()
        .filter_map(|(action, label)| Some(Button::new(action.encode()?, label)))
        .collect::<Vec<_>>();
    let verdict = verdict(
        answer
            .subjects
            .first()
            .map(|subject| Tag::of(&subject.slug)),
    );
    // The two stay together.
    if actions.len() + verdict.len() > BUTTONS {
        vec![Row::Buttons(actions), Row::Buttons(verdict)]
    } else {
        vec![Row::Buttons(actions.into_iter().chain(verdict).collect())]
    }
}

/// Roles of the answer side by side; below a comparison, and where there is one role only, a role to choose.
fn compare(answer: &Answer) -> Option<Action> {
    let roles = |subjects: &[Subject], most: usize| -> Vec<Tag> {
        let roles = subjects
            .iter()
            .filter(|subject| subject.kind == SubjectKind::Role);
        roles
            .map(|subject| Tag::of(&subject.slug))
            .take(most)
            .collect()
    };
    if answer.table.is_some() {
        let compared = roles(&answer.subjects, MOST_ROLES);
        return (1..MOST_ROLES)
            .contains(&compared.len())
            .then_some(Action::CompareWith(compared));
    }
    let mut named = roles(&answer.subjects, SIDE_BY_SIDE);
    // Of ways, where they lead to.
    if answer.ways.is_some() && answer.items.len() > 1 {
        named.truncate(answer.items.len());
    }
    // A trend is compared by the roles that it touches.
    if named.is_empty()
        && answer
            .subjects
            .first()
            .is_some_and(|subject| subject.kind == SubjectKind::Trend)
    {
        named = roles(&answer.related, SIDE_BY_SIDE);
    }
    match named.len() {
        0 => None,
        1 => Some(Action::CompareWith(named)),
        _ => Some(Action::Compare(named)),
    }
}

/// The rest of a list, or all that is known of what the answer is about; `None` where all of it is shown.
fn more(answer: &Answer) -> Option<Action> {
    let rest = answer
        .next
        .as_ref()
        .map(|(conditions, page)| Action::List(conditions.clone(), *page));
    if let Some(rest) = rest.filter(|rest| rest.encode().is_some()) {
        return Some(rest);
    }
    if answer.table.is_some() {
        return Some(Action::More(
            answer
                .subjects
                .iter()
                .take(MOST_ROLES)
                .map(|subject| Tag::of(&subject.slug))
                .collect(),
        ));
    }
    // More about the first of several lines would be a surprise; the menu opens each.
    let about = answer.subjects.first()?;
    let listed = answer
        .items
        .iter()
        .any(|item| item.subject.slug == about.slug);
    (!listed).then(|| Action::More(vec![Tag::of(&about.slug)]))
}
