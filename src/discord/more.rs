//! "More" and "Compare" below an answer: all that is known of a role or trend in pages, and what to compare a role with.

use crate::advisor::subject;
use crate::answer::{Subject, SubjectKind};
use crate::discord::App;
use crate::discord::buttons::topics;
use crate::discord::custom_id::{Action, Tag};
use crate::discord::limits::length;
use crate::discord::markdown::{escape, escape_to};
use crate::discord::message::{Button, Message, Row};
use crate::knowledge::{Knowledge, Topic};

/// How much of a page is sections; the rest is left for its heading.
const PAGE: usize = 1_700;

/// A page of all that is known of a role or trend, counted from 0; past the end, the last one.
pub fn page(app: &App, topic: Topic, page: u8) -> Message {
    let knowledge = app.advisor().knowledge();
    let pages = pages(&knowledge, topic);
    let page = usize::from(page).min(pages.len().saturating_sub(1));
    let heading =
        format!("**{}** · page {} of {}", escape_to(knowledge.title(topic), 150), page + 1, pages.len().max(1));
    let text = pages.get(page).map_or("Nothing more is written about this.", String::as_str);
    let tag = Tag::of(knowledge.slug(topic).as_str());
    let turn = |to: usize| Action::Page(tag, u8::try_from(to).unwrap_or(u8::MAX)).encode();
    let mut buttons = Vec::new();
    // Where there is nowhere to turn to the button stays, so that the others do not move under the finger.
    buttons.extend(turn(page.wrapping_sub(1)).map(|id| Button::new(id, "Back").enabled(page > 0)));
    buttons.extend(turn(page + 1).map(|id| Button::new(id, "Next").enabled(page + 1 < pages.len())));
    buttons.extend(Action::Topic(tag).encode().map(|id| Button::new(id, "Overview")));
    buttons.extend(Action::Share(None).encode().map(|id| Button::new(id, "Share")));
    Message {
        content: format!("{heading}\n{text}"),
        rows: vec![Row::Buttons(buttons)].into(),
        private: true,
        ..Message::default()
    }
}

fn pages(knowledge: &Knowledge, topic: Topic) -> Vec<String> {
    let mut pages: Vec<String> = Vec::new();
    for section in knowledge.sections(topic).iter().filter(|section| !section.text.trim().is_empty()) {
        let text = format!("**{}**\n{}", escape(section.heading), escape_to(section.text.trim(), PAGE - 100));
        match pages.last_mut().filter(|last| length(last) + length(&text) + 2 <= PAGE) {
            Some(last) => {
                last.push_str("\n\n");
                last.push_str(&text);
            }
            None => pages.push(text),
        }
    }
    pages
}

/// What to compare a role with: its related roles, and those of its usual next steps; `None` for a trend.
pub fn compare_with(app: &App, topic: Topic) -> Option<Message> {
    let Topic::Role(id) = topic else { return None };
    let knowledge = app.advisor().knowledge();
    let role = knowledge.role(id);
    let others: Vec<Subject> = role
        .related
        .iter()
        .chain(&role.next)
        .filter(|other| **other != id)
        .map(|other| subject(&knowledge, Topic::Role(*other)))
        .collect();
    let others = others.iter().filter(|other| other.kind == SubjectKind::Role);
    let Some(Row::Select(mut select)) = topics(others, "Choose a role") else {
        return Some(Message::private("Use /compare to choose the roles."));
    };
    select.id = Action::CompareChosen(Tag::of(role.slug.as_str())).encode()?;
    Some(Message {
        content: format!("Compare **{}** with which role? Any other pair: /compare.", escape_to(&role.title, 200)),
        rows: vec![Row::Select(select)].into(),
        private: true,
        ..Message::default()
    })
}
