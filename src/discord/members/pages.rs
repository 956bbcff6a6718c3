//! "More" and "Compare" below an answer: all that is known of roles and trends in pages, the rest of a list, and what to
//! compare roles with.

use crate::advisor::subject;
use crate::answer::Subject;
use crate::answer::blocks::{self, Block};
use crate::discord::app::App;
use crate::discord::interaction::view_options::View;
use crate::discord::members::answer_buttons::{topics as menu, verdict};
use crate::discord::members::answer_view;
use crate::discord::message::body::Message;
use crate::discord::message::components::{Button, Row};
use crate::discord::message::custom_id::{Action, Tag};
use crate::discord::message::limits::length;
use crate::discord::message::markdown::{escape, escape_to, truncate};
use crate::knowledge::{Knowledge, RoleId, Topic};

/// How much of a page is sections; the rest is left for its heading.
const PAGE: usize = 1_500;
/// Most characters of a title in a heading.
const TITLE: usize = 80;

/// A page of all that is known of these roles and trends, side by side, counted from 0; past the end, the last one.
pub fn page(app: &App, topics: &[Topic], page: u8) -> Message {
    let knowledge = app.advisor().knowledge();
    let (head, tail) = figures_and_sources(app, &knowledge, topics);
    let pages = pages(&knowledge, topics, head, tail);
    let page = usize::from(page).min(pages.len().saturating_sub(1));
    let titles: Vec<String> = topics
        .iter()
        .map(|topic| escape_to(knowledge.title(*topic), TITLE))
        .collect();
    let heading = format!(
        "**{}** · page {} of {}",
        titles.join(" and "),
        page + 1,
        pages.len().max(1)
    );
    let text = pages
        .get(page)
        .map_or("Nothing more is written about this.", String::as_str);
    let tags: Vec<Tag> = topics
        .iter()
        .map(|topic| Tag::of(knowledge.slug(*topic).as_str()))
        .collect();
    let turn = |to: usize| Action::Page(tags.clone(), u8::try_from(to).unwrap_or(u8::MAX));
    let mut buttons = turns(turn, page, page + 1 < pages.len());
    let overview = if let [one] = tags.as_slice() {
        Action::Topic(*one)
    } else {
        Action::Compare(tags)
    };
    buttons.extend(overview.encode().map(|id| Button::new(id, "Overview")));
    buttons.extend(
        Action::Share(None)
            .encode()
            .map(|id| Button::new(id, "Share")),
    );
    Message {
        content: format!("{heading}\n{text}"),
        rows: vec![Row::Buttons(buttons)].into(),
        private: true,
        ..Message::default()
    }
}

/// "Back" and "Next". Where there is nowhere to turn to a button stays, so that the others do not move under the finger.
pub fn turns(turn: impl Fn(usize) -> Action, page: usize, goes_on: bool) -> Vec<Button> {
    let back = turn(page.wrapping_sub(1))
        .encode()
        .map(|id| Button::new(id, "Back").enabled(page > 0));
    let next = turn(page + 1)
        .encode()
        .map(|id| Button::new(id, "Next").enabled(goes_on));
    back.into_iter().chain(next).collect()
}

/// A page of a list that went on, counted from 0; `None` when there is no such list, or no such page.
pub fn list(app: &App, conditions: &str, page: u8, view: &View<'_>) -> Option<Message> {
    let answer = app.advisor().list(conditions, page)?;
    let turn =
        |to: usize| Action::ListPage(conditions.to_owned(), u8::try_from(to).unwrap_or(u8::MAX));
    let mut buttons = turns(turn, usize::from(page), answer.next.is_some());
    buttons.extend(
        Action::Share(None)
            .encode()
            .map(|id| Button::new(id, "Share")),
    );
    buttons.extend(verdict(None));
    let open = menu(
        answer.items.iter().map(|item| &item.subject),
        "Open one of these",
    );
    let rows: Vec<Row> = open.into_iter().chain([Row::Buttons(buttons)]).collect();
    Some(Message {
        rows: rows.into(),
        ..answer_view::whole(&answer, view)
    })
}

/// What stands before the sections of these topics, and behind them: figures with their cautions, and what all of it rests on.
fn figures_and_sources(
    app: &App,
    knowledge: &Knowledge,
    topics: &[Topic],
) -> (Vec<String>, Vec<String>) {
    let slugs: Vec<&str> = topics
        .iter()
        .map(|topic| knowledge.slug(*topic).as_str())
        .collect();
    let answer = match (topics, slugs.as_slice()) {
        ([Topic::Role(_)], [slug]) => app.advisor().role(slug),
        ([Topic::Trend(_)], [slug]) => app.advisor().trend(slug),
        _ => app.advisor().compare(&slugs),
    };
    let Some(answer) = answer else {
        return (Vec::new(), Vec::new());
    };
    let (mut head, mut tail) = (Vec::new(), Vec::new());
    for block in blocks::whole(&answer) {
        match block {
            Block::Fact(..) | Block::Table(_) | Block::Caution(_) => head.push(block),
            Block::Sources(_) | Block::Credit(_) => tail.push(block),
            // The sections say it.
            _ => {}
        }
    }
    (
        answer_view::paragraphs(&head),
        answer_view::paragraphs(&tail),
    )
}

/// The sections of the topics in pages; those of one heading stand together.
fn pages(
    knowledge: &Knowledge,
    topics: &[Topic],
    head: Vec<String>,
    tail: Vec<String>,
) -> Vec<String> {
    let mut headings: Vec<&str> = Vec::new();
    for section in topics.iter().flat_map(|topic| knowledge.sections(*topic)) {
        if !headings.contains(&section.heading) {
            headings.push(section.heading);
        }
    }
    let sections = headings
        .iter()
        .flat_map(|heading| topics.iter().map(move |topic| (*heading, *topic)))
        .filter_map(|(heading, topic)| {
            let text = knowledge.section(topic, heading).trim();
            let whose = if topics.len() > 1 {
                format!("{}: ", escape_to(knowledge.title(topic), TITLE))
            } else {
                String::new()
            };
            (!text.is_empty()).then(|| {
                format!(
                    "**{whose}{}**\n{}",
                    escape(heading),
                    escape_to(text, PAGE - 2 * TITLE)
                )
            })
        });
    let mut pages: Vec<String> = Vec::new();
    for text in head
        .into_iter()
        .chain(sections)
        .chain(tail)
        .flat_map(pieces)
    {
        match pages
            .last_mut()
            .filter(|last| length(last) + length(&text) + 2 <= PAGE)
        {
            Some(last) => {
                last.push_str("\n\n");
                last.push_str(&text);
            }
            None => pages.push(text),
        }
    }
    pages
}

/// A text in pieces that fit onto a page each, cut between lines.
fn pieces(text: String) -> Vec<String> {
    if length(&text) <= PAGE {
        return vec![text];
    }
    let mut pieces: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = truncate(line, PAGE);
        match pieces
            .last_mut()
            .filter(|last| length(last) + length(&line) < PAGE)
        {
            Some(last) => {
                last.push('\n');
                last.push_str(&line);
            }
            None => pieces.push(line),
        }
    }
    pieces
}

/// What to compare roles with: their related roles, and those of their usual next steps; `None` where one is a trend.
pub fn compare_with(app: &App, topics: &[Topic]) -> Option<Message> {
    let roles = topics.iter().map(|topic| {
        if let Topic::Role(id) = topic {
            Some(*id)
        } else {
            None
        }
    });
    let roles: Vec<RoleId> = roles.collect::<Option<_>>()?;
    let knowledge = app.advisor().knowledge();
    let others: Vec<Subject> = roles
        .iter()
        .flat_map(|id| {
            knowledge
                .role(*id)
                .related
                .iter()
                .chain(&knowledge.role(*id).next)
        })
        .filter(|other| !roles.contains(other))
        .map(|other| subject(&knowledge, Topic::Role(*other)))
        .collect();
    let Some(Row::Select(mut select)) = menu(others.iter(), "Choose a role") else {
        return Some(Message::private("Use /compare to choose the roles."));
    };
    let tags = roles
        .iter()
        .map(|id| Tag::of(knowledge.role(*id).slug.as_str()))
        .collect();
    select.id = Action::CompareChosen(tags).encode()?;
    let titles: Vec<String> = roles
        .iter()
        .map(|id| escape_to(&knowledge.role(*id).title, TITLE))
        .collect();
    Some(Message {
        content: format!(
            "Compare **{}** with which role? Any other roles: /compare.",
            titles.join("** and **")
        ),
        rows: vec![Row::Select(select)].into(),
        private: true,
        ..Message::default()
    })
}
