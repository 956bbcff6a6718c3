//! What members did not find, as moderators see it: counted questions without names, and the way to an answer of their own.
//!
//! Shows nothing that was asked less than three times. Knows nothing of how questions are counted.

use serenity::model::application::ComponentInteraction;

use crate::answer::{Answer, Outcome};
use crate::discord::app::App;
use crate::discord::command::Handled;
use crate::discord::feature::{Feature, Press, no_form};
use crate::discord::interaction::component;
use crate::discord::interaction::context::InteractionContext;
use crate::discord::interaction::follow_up::FollowUp;
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::interaction::response::{InitialResponse, Response};
use crate::discord::interaction::view_options::View;
use crate::discord::members::answer_view;
use crate::discord::message::actions::GapVerb;
use crate::discord::message::body::Message;
use crate::discord::message::components::{Button, Entry, Row, Select};
use crate::discord::message::custom_id::{Action, Tag};
use crate::discord::message::limits::{CONTENT, ENTRY, length};
use crate::discord::message::markdown::{escape_member, fit, truncate};
use crate::discord::message::shared_parts::Parts;
use crate::discord::moderation::access::{self, Moderator};
use crate::discord::moderation::entries::form;
use crate::store::feedback::Counts;
use crate::store::gaps::{Group, SHOWN_FROM, are_alike};

/// The buttons of `/gaps`.
pub const FEATURE: Feature = Feature {
    press: route_press,
    submit: no_form,
};

fn route_press<'a>(on: Press<'a>, action: &Action) -> Option<Handled<'a>> {
    let Action::Gap(verb, about) = *action else {
        return None;
    };
    Some(Box::pin(press(on.app, on.press, on.call, verb, about)))
}

/// Questions of a page.
const PAGE: usize = 8;
/// Subjects shown whose answers helped least.
const SUBJECTS: u16 = 5;
/// What is said where nothing is counted.
const OFF: &str = "In this server nothing is counted. With /settings set gaps: True I count questions that I could not answer or that got 👎, in words alone and without names; moderators see them here once they were asked three times. Members read about it in /privacy.";
/// What is said of a question that is no longer there.
const GONE: &str = "This question is no longer in the list: it was answered, dismissed, or nobody asked it for a while. /gaps shows the others.";

/// A page of the list, counted from 0.
///
/// # Errors
/// The message to answer with when the store fails.
pub async fn page(
    app: &App,
    moderator: &Moderator<'_>,
    page: usize,
) -> Result<Message, HandlerError> {
    if !moderator.settings.gaps {
        return Ok(Message::private(OFF));
    }
    let groups = moderator.store.gaps(moderator.server).await?;
    let counts = moderator.store.feedback(moderator.server, SUBJECTS).await?;
    let knowledge = app.advisor().knowledge();
    let title = |subject: &str| {
        if let Some(command) = subject.strip_prefix("command:") {
            return Some(format!("/{command}"));
        }
        let slug = subject.split_once(':').map_or(subject, |(_, slug)| slug);
        knowledge
            .find(slug)
            .map(|topic| knowledge.title(topic).to_owned())
    };
    Ok(draw(&groups, page, &verdicts(&counts, title)))
}

/// What helped least, a line each; empty when nothing got 👎 often enough.
fn verdicts(counts: &[Counts], title: impl Fn(&str) -> Option<String>) -> String {
    let lines = counts
        .iter()
        .filter(|counts| counts.unhelpful >= SHOWN_FROM)
        .filter_map(|counts| {
            Some(format!(
                "\n• {}: 👍 {} · 👎 {}",
                escape_member(&title(&counts.subject)?),
                counts.helpful,
                counts.unhelpful
            ))
        });
    let lines: String = lines.collect();
    if lines.is_empty() {
        lines
    } else {
        format!("\n**Answers that helped least**{lines}")
    }
}

/// The page as a message; `verdicts` stands below the questions.
pub fn draw(groups: &[Group], page: usize, verdicts: &str) -> Message {
    if groups.is_empty() {
        return Message::private(format!(
            "No question has gone without a good answer {SHOWN_FROM} times yet. I keep counting, without names.{verdicts}"
        ));
    }
    let pages = groups.len().div_ceil(PAGE);
    let page = page.min(pages - 1);
    let shown = &groups[page * PAGE..groups.len().min((page + 1) * PAGE)];
    let mut text = format!(
        "**What members did not find** · page {} of {pages}",
        page + 1
    );
    for group in shown {
        text.push_str(&format!(
            "\n• {} — {} times, last <t:{}:R>",
            fit(&group.question, 110, escape_member),
            group.count,
            group.last_at.timestamp().as_second()
        ));
    }
    if length(&text) + length(verdicts) < CONTENT {
        text.push_str(verdicts);
    }
    let mut entries: Vec<Entry> = Vec::new();
    for group in shown {
        let value = format!("{:08x}", Tag::of(&group.question).0);
        if entries.iter().all(|entry| entry.value != value) {
            let description = format!("{} times, in {}", group.count, wordings(group));
            entries.push(Entry {
                label: truncate(&group.question, ENTRY),
                value,
                description,
                default: false,
            });
        }
    }
    let menu = Action::Gap(GapVerb::Chosen, Tag(0)).encode();
    let mut rows: Vec<Row> = menu
        .map(|id| {
            Row::Select(Select {
                id,
                placeholder: "Answer a question".to_owned(),
                entries,
            })
        })
        .into_iter()
        .collect();
    if pages > 1 {
        let to = |number: usize, label| {
            button(
                GapVerb::List,
                Tag(u32::try_from(number).unwrap_or(0)),
                label,
            )
        };
        let back =
            to(page.wrapping_sub(1).min(pages), "Previous").map(|button| button.enabled(page > 0));
        let on = to(page + 1, "Next").map(|button| button.enabled(page + 1 < pages));
        rows.push(Row::Buttons([back, on].into_iter().flatten().collect()));
    }
    Message {
        rows: rows.into(),
        ..Message::private(text)
    }
}

fn button(verb: GapVerb, about: Tag, label: &str) -> Option<Button> {
    Some(Button::new(Action::Gap(verb, about).encode()?, label))
}

/// What a press on a button or menu does.
pub async fn press(
    app: &App,
    press: &ComponentInteraction,
    call: &InteractionContext,
    verb: GapVerb,
    about: Tag,
) -> Result<Response, HandlerError> {
    let mut then = Vec::new();
    let done = async {
        let moderator = access::check(app, call, "a button of /gaps").await?;
        if verb == GapVerb::List {
            return page(app, &moderator, usize::try_from(about.0).unwrap_or(0))
                .await
                .map(InitialResponse::Update);
        }
        let chosen = || {
            component::value(press)
                .and_then(|value| u32::from_str_radix(value, 16).ok())
                .map(Tag)
        };
        let about = if verb == GapVerb::Chosen {
            chosen().unwrap_or(about)
        } else {
            about
        };
        let Some(group) = find(&moderator, about).await? else {
            return Ok(InitialResponse::Update(gone()));
        };
        match verb {
            GapVerb::Write => {
                let today = moderator
                    .now
                    .to_zoned(moderator.settings.time_zone())
                    .date();
                form::new(&titled(&group.question), today, Some(about))
                    .map(InitialResponse::Form)
                    .ok_or_else(|| gone().into())
            }
            GapVerb::Try => {
                then.push(FollowUp::Message(shown(
                    &answer(app, &moderator, &group.question).await,
                    &group.question,
                )));
                Ok(InitialResponse::Update(one(&group, about)))
            }
            GapVerb::Dismiss => {
                forget(&moderator, &group, "gap.dismiss").await?;
                let page = page(app, &moderator, 0).await?;
                let content = format!(
                    "Dismissed; asked three times again, it comes back.\n{}",
                    page.content
                );
                Ok(InitialResponse::Update(if length(&content) > CONTENT {
                    page
                } else {
                    Message { content, ..page }
                }))
            }
            GapVerb::Chosen | GapVerb::List => Ok(InitialResponse::Update(one(&group, about))),
        }
    };
    let first = done.await?;
    Ok(Response { first, then })
}

fn gone() -> Message {
    Message {
        rows: button(GapVerb::List, Tag(0), "All questions")
            .map(|button| Row::Buttons(vec![button]))
            .into_iter()
            .collect(),
        ..Message::private(GONE)
    }
}

/// The question with what can be done about it.
fn one(group: &Group, about: Tag) -> Message {
    let text = format!(
        "**{}**\nAsked {} times in {}, last <t:{}:R>. Who asked is not kept.",
        fit(&group.question, 500, escape_member),
        group.count,
        wordings(group),
        group.last_at.timestamp().as_second()
    );
    let buttons = [
        button(GapVerb::Write, about, "Write an answer").map(Button::main),
        button(GapVerb::Try, about, "Try it now"),
        button(GapVerb::Dismiss, about, "Dismiss"),
        button(GapVerb::List, Tag(0), "All questions"),
    ];
    Message {
        rows: vec![Row::Buttons(buttons.into_iter().flatten().collect())].into(),
        ..Message::private(text)
    }
}

fn wordings(group: &Group) -> String {
    if group.wordings.len() == 1 {
        "one wording".to_owned()
    } else {
        format!("{} wordings", group.wordings.len())
    }
}

/// A question as a title: its first letter large.
fn titled(question: &str) -> String {
    let mut chars = question.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// The group that holds the wording with this tag, of those that are shown.
async fn find(moderator: &Moderator<'_>, about: Tag) -> Result<Option<Group>, HandlerError> {
    if !moderator.settings.gaps {
        return Ok(None);
    }
    let groups = moderator.store.gaps(moderator.server).await?;
    Ok(groups.into_iter().find(|group| {
        group
            .wordings
            .iter()
            .any(|wording| Tag::of(wording) == about)
    }))
}

async fn forget(moderator: &Moderator<'_>, group: &Group, what: &str) -> Result<(), HandlerError> {
    for wording in &group.wordings {
        moderator
            .store
            .forget_gap(moderator.server, wording)
            .await?;
    }
    // The log holds no question.
    let detail = format!("asked {} times", group.count);
    Ok(moderator
        .store
        .audit(
            moderator.server,
            moderator.user,
            what,
            &detail,
            moderator.now,
        )
        .await?)
}

/// Tries the question that an entry was written for, once it is live: the one that it was begun with, else one like its
/// title. Gives a line on what came of it, and the answer to show. An answered question leaves the list.
///
/// # Errors
/// The message to answer with when the store fails.
pub async fn after_approval(
    app: &App,
    moderator: &Moderator<'_>,
    title: &str,
    about: Option<Tag>,
) -> Result<(String, Vec<FollowUp>), HandlerError> {
    if !moderator.settings.gaps {
        return Ok((String::new(), Vec::new()));
    }
    let groups = moderator.store.gaps(moderator.server).await?;
    let begun = |group: &&Group| {
        about.is_some_and(|tag| group.wordings.iter().any(|wording| Tag::of(wording) == tag))
    };
    let found = groups.iter().find(begun).or_else(|| {
        groups
            .iter()
            .find(|group| are_alike(&group.question, title))
    });
    let Some(group) = found else {
        return Ok((String::new(), Vec::new()));
    };
    let answer = answer(app, moderator, &group.question).await;
    let line = if answer.outcome == Outcome::Answered && !answer.own.is_empty() {
        forget(moderator, group, "gap.answer").await?;
        " The question that members asked finds an answer now, shown below; it is off the list of /gaps."
    } else {
        " The question that members asked still finds no answer, as shown below: put more of its words into the title or the text."
    };
    Ok((
        line.to_owned(),
        vec![FollowUp::Message(shown(&answer, &group.question))],
    ))
}

/// The answer that a member of this server gets, by what the store says now.
async fn answer(app: &App, moderator: &Moderator<'_>, question: &str) -> Answer {
    match app.fresh_entry_index(moderator.server).await {
        Some(shelf) => {
            app.advisor()
                .ask_on(
                    &shelf,
                    moderator
                        .now
                        .to_zoned(moderator.settings.time_zone())
                        .date(),
                    question,
                    None,
                )
                .0
        }
        None => app.advisor().ask(question),
    }
}

/// The answer as a private message that is there to be looked at.
fn shown(answer: &Answer, question: &str) -> Message {
    let view = View {
        question: Some(question),
        ..View::default()
    };
    Message {
        rows: Parts::default(),
        ..answer_view::answer(answer, &view)
    }
}
