//! Presses on buttons and menus, as a table from [`Action`] to what it does.
//!
//! A press that opens something answers the one who pressed, privately. A press that turns a page changes the message when
//! the one who pressed may do so (it is theirs), and opens a private copy when not.

use serenity::model::application::{
    ComponentInteraction, ComponentInteractionDataKind, MessageInteractionMetadata,
};

use crate::answer::SubjectKind;
use crate::discord::call::Call;
use crate::discord::commands::{COMMANDS, explore, my_data, quiz};
use crate::discord::custom_id::{Action, Tag};
use crate::discord::message::Message;
use crate::discord::reply::{First, Reply};
use crate::discord::{
    App, audit, authoring, drafts, gaps, history, locale, moderator, more, render, schedules,
    server, share, talk, tally, twin,
};
use crate::knowledge::Topic;

/// What a button of an older version is answered with.
pub const OUTDATED: &str = "This button is from an older version of me, or its message is not mine. Please run the command again; /help lists them all.";

/// What a button is answered with whose role or trend is gone.
const GONE: &str =
    "What this button leads to is no longer in my knowledge. Try /explore or /trends.";

/// The reply to a press.
pub async fn reply(app: &App, press: &ComponentInteraction, call: &Call) -> Reply {
    // Only messages of this application carry ids that this application wrote. The bot of an old application has another id.
    let own = press.message.author.id.get() == press.application_id.get()
        || press.message.application_id == Some(press.application_id);
    if !own {
        return Reply::private(OUTDATED);
    }
    let Some(action) = Action::decode(&press.data.custom_id) else {
        return Reply::private(OUTDATED);
    };
    match action {
        Action::Topic(tag) => find(app, tag).map_or_else(gone, |topic| show(app, call, topic)),
        Action::Chosen => chosen(app, press).map_or_else(gone, |topic| show(app, call, topic)),
        Action::Ask(question) => {
            talk::show(app, call, &question, &view(call, Some(&question)), call.now)
                .await
                .into()
        }
        Action::More(tags) => {
            find_all(app, &tags).map_or_else(gone, |topics| more::page(app, &topics, 0).into())
        }
        Action::Page(tags, page) => find_all(app, &tags).map_or_else(gone, |topics| {
            turn(press, call, more::page(app, &topics, page))
        }),
        Action::List(conditions, page) => {
            more::list(app, &conditions, page, &view(call, None)).map_or_else(gone, Into::into)
        }
        Action::ListPage(conditions, page) => more::list(app, &conditions, page, &view(call, None))
            .map_or_else(gone, |page| turn(press, call, page)),
        Action::CompareWith(tags) => find_all(app, &tags)
            .and_then(|topics| more::compare_with(app, &topics))
            .map_or_else(gone, Into::into),
        Action::CompareChosen(tags) => match (find_all(app, &tags), chosen(app, press)) {
            (Some(topics), Some(other)) => compare(app, call, &[topics, vec![other]].concat()),
            _ => gone(),
        },
        Action::Compare(tags) => {
            find_all(app, &tags).map_or_else(gone, |topics| compare(app, call, &topics))
        }
        Action::Share(reply_to) => share::press(app.shared(), press, call, reply_to),
        Action::Feedback(right, about) => feedback(app, press, call, right, about).await,
        Action::Browse => explore::page(app, call, explore::Asked::default(), 0).into(),
        Action::Explore(code, page) => turn(
            press,
            call,
            explore::page(app, call, explore::Asked::decode(&code), page),
        ),
        Action::ExploreSort(code) => {
            let asked = explore::Asked::decode(&code).sorted_by(value(press).unwrap_or_default());
            turn(press, call, explore::page(app, call, asked, 0))
        }
        // Below a result that somebody shared, it is another member's quiz, or another one of the same member.
        Action::Quiz(answers) if share::is_private(&press.message) => {
            turn(press, call, quiz::step(app, call, &answers))
        }
        Action::Quiz(answers) => quiz::step(app, call, &answers).into(),
        Action::Forget => turn(press, call, my_data::forget(app, call).await),
        Action::Draft(verb, id, revision) => {
            drafts::press(app, press, call, verb, id, revision).await
        }
        Action::Entry(work) => authoring::press(app, press, call, work).await,
        Action::Twin(asked) => twin::press(app, call, asked).await,
        Action::Gap(verb, about) => gaps::press(app, press, call, verb, about).await,
        Action::Posted(deed, id, mark) => history::press(app, press, call, deed, id, mark).await,
        Action::Log(before) => match moderator::check(app, call, "/settings log").await {
            Ok(moderator) => audit::page(&moderator, Some(before))
                .await
                .map_or_else(Reply::from, |page| turn(press, call, page)),
            Err(refusal) => refusal.into(),
        },
        Action::Schedules(page) => match moderator::check(app, call, "/digest list").await {
            Ok(moderator) => schedules::list(app, &moderator, page)
                .await
                .map_or_else(Reply::from, |page| turn(press, call, page)),
            Err(refusal) => refusal.into(),
        },
    }
}

/// How an answer is shown to the one who pressed.
fn view<'a>(call: &'a Call, question: Option<&'a str>) -> render::View<'a> {
    render::View {
        question,
        private: true,
        embeds: call.embeds,
        language: locale::language_note(&call.locale),
        reply_to: None,
    }
}

fn gone() -> Reply {
    Reply::private(GONE)
}

fn find(app: &App, tag: Tag) -> Option<Topic> {
    tag.find(&app.advisor().knowledge())
}

/// All of them; `None` where one is gone, or none is asked for.
fn find_all(app: &App, tags: &[Tag]) -> Option<Vec<Topic>> {
    tags.iter()
        .map(|tag| find(app, *tag))
        .collect::<Option<Vec<Topic>>>()
        .filter(|topics| !topics.is_empty())
}

/// What was chosen from the menu that was used.
pub(crate) fn value(press: &ComponentInteraction) -> Option<&str> {
    match &press.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.first().map(String::as_str),
        _ => None,
    }
}

fn chosen(app: &App, press: &ComponentInteraction) -> Option<Topic> {
    app.advisor().knowledge().find(value(press)?)
}

fn show(app: &App, call: &Call, topic: Topic) -> Reply {
    let subject = crate::advisor::subject(&app.advisor().knowledge(), topic);
    let answer = match subject.kind {
        SubjectKind::Role => app.advisor().role(&subject.slug),
        SubjectKind::Trend => app.advisor().trend(&subject.slug),
    };
    answer.map_or_else(gone, |answer| {
        render::answer(&answer, &view(call, None)).into()
    })
}

fn compare(app: &App, call: &Call, topics: &[Topic]) -> Reply {
    let knowledge = app.advisor().knowledge();
    let slugs: Vec<&str> = topics
        .iter()
        .map(|topic| knowledge.slug(*topic).as_str())
        .collect();
    match app.advisor().compare(&slugs) {
        Some(answer) => render::answer(&answer, &view(call, None)).into(),
        None => Reply::private("I can compare two to four different roles. Try /compare."),
    }
}

/// Counts the verdict; nothing about the member is kept, and the question of 👎 only where the server wants to see gaps.
async fn feedback(
    app: &App,
    press: &ComponentInteraction,
    call: &Call,
    right: bool,
    about: Option<Tag>,
) -> Reply {
    let knowledge = app.advisor().knowledge();
    let subject = match about.map(|tag| (tag, tag.find(&knowledge))) {
        Some((_, Some(topic @ Topic::Role(_)))) => format!("role:{}", knowledge.slug(topic)),
        Some((_, Some(topic @ Topic::Trend(_)))) => format!("trend:{}", knowledge.slug(topic)),
        // Some commands answer with no role or trend in particular.
        Some((tag, None)) => COMMANDS
            .iter()
            .find(|command| Tag::of(command.name) == tag)
            .map_or_else(
                || "none".to_owned(),
                |command| format!("command:{}", command.name),
            ),
        None => "none".to_owned(),
    };
    if !tally::verdict(app, call, &subject, right, &press.message) {
        return Reply::private(
            "You have told me about this answer already, and I count it once. Thank you.",
        );
    }
    let verdict = if right { "right" } else { "wrong" };
    metrics::counter!("careerbot_feedback_total", "verdict" => verdict).increment(1);
    tracing::info!(verdict, about = subject, "feedback");
    if right {
        return Reply::private(
            "Thank you. I count this without your name and without the question.",
        );
    }
    let counted = if server::known(app, call).await.settings.gaps {
        "without your name. Once a question like this got no good answer three times, this server's moderators see its words, never who asked."
    } else {
        "without your name and without the question."
    };
    Reply::private(format!(
        "Thank you. I count this {counted} Asking in other words, or /role and /explore, may lead to what you need."
    ))
}

/// The next page: in place where the message is the member's own, as a private copy where not.
fn turn(press: &ComponentInteraction, call: &Call, page: Message) -> Reply {
    if share::is_private(&press.message) {
        First::Update(page).into()
    } else if owns(press, call) {
        First::Update(share::next_page(&press.message, page)).into()
    } else {
        Message {
            private: true,
            ..page
        }
        .into()
    }
}

/// Whether a public message was made for the member who pressed.
fn owns(press: &ComponentInteraction, call: &Call) -> bool {
    press
        .message
        .interaction_metadata
        .as_deref()
        .is_some_and(|made| match made {
            MessageInteractionMetadata::Command(made) => made.user.id == call.user,
            MessageInteractionMetadata::Component(made) => made.user.id == call.user,
            MessageInteractionMetadata::ModalSubmit(made) => made.user.id == call.user,
            _ => false,
        })
}
