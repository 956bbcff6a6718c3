//! Presses on the buttons and menus below answers, as a table from [`Action`] to what it does.
//!
//! A press that opens something answers the one who pressed, privately. A press that turns a page changes the message when
//! the one who pressed may do so (it is theirs), and opens a private copy when not.

use serenity::model::application::ComponentInteraction;

use crate::answer::SubjectKind;
use crate::answer::paths::code;
use crate::discord::app::App;
use crate::discord::command::{Handled, answered};
use crate::discord::feature::{Feature, Press, no_form};
use crate::discord::interaction::component::{OUTDATED, is_private, turn, value};
use crate::discord::interaction::context::InteractionContext;
use crate::discord::interaction::response::Response;
use crate::discord::interaction::view_options::View;
use crate::discord::members::commands::{explore, my_data, quiz};
use crate::discord::members::{answer_view, ask, charts, own_trends, pages, share};
use crate::discord::message::custom_id::{Action, Tag};
use crate::discord::message::locale;
use crate::knowledge::Topic;
use crate::knowledge::own_trend::of_key;
use crate::understanding::Wanted;

/// What a button is answered with whose role or trend is gone.
const GONE: &str =
    "What this button leads to is no longer in my knowledge. Try /explore or /trends.";

/// The buttons and menus below answers.
pub const FEATURE: Feature = Feature {
    press: route_press,
    submit: no_form,
};

fn route_press<'a>(on: Press<'a>, action: &Action) -> Option<Handled<'a>> {
    Some(answered(press(on, action.clone())))
}

/// What a press does. What is not among these belongs to moderators, and was asked first.
async fn press(on: Press<'_>, action: Action) -> Response {
    let Press {
        app, press, call, ..
    } = on;
    match action {
        Action::Topic(tag) => match find(app, tag) {
            Some(topic) => show(app, call, topic).await,
            None => gone(),
        },
        Action::Chosen => match chosen(app, press) {
            Some(topic) => show(app, call, topic).await,
            None => own(app, press, call).await,
        },
        Action::Ask(question) => {
            ask::show(app, call, &question, &view(call, Some(&question)), call.now)
                .await
                .into()
        }
        Action::Whole(question) => {
            ask::whole(app, call, &question, &view(call, Some(&question)), call.now)
                .await
                .into()
        }
        Action::More(tags) => {
            find_all(app, &tags).map_or_else(gone, |topics| pages::page(app, &topics, 0).into())
        }
        Action::Page(tags, page) => find_all(app, &tags).map_or_else(gone, |topics| {
            turn(press, call, pages::page(app, &topics, page))
        }),
        Action::List(conditions, page) => {
            pages::list(app, &conditions, page, &view(call, None)).map_or_else(gone, Into::into)
        }
        Action::ListPage(conditions, page) => {
            pages::list(app, &conditions, page, &view(call, None))
                .map_or_else(gone, |page| turn(press, call, page))
        }
        Action::Ways(code) => ways(app, press, call, &code).await,
        Action::CompareWith(tags) => find_all(app, &tags)
            .and_then(|topics| pages::compare_with(app, &topics))
            .map_or_else(gone, Into::into),
        Action::CompareChosen(tags) => match (find_all(app, &tags), chosen(app, press)) {
            (Some(topics), Some(other)) => {
                compare(app, call, &[topics, vec![other]].concat()).await
            }
            _ => gone(),
        },
        Action::Compare(tags) => match find_all(app, &tags) {
            Some(topics) => compare(app, call, &topics).await,
            None => gone(),
        },
        Action::Share(reply_to) => share::press(app.shared_messages(), press, call, reply_to),
        Action::Feedback(right, about) => feedback(on, right, about).await,
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
        Action::Quiz(answers) if is_private(&press.message) => {
            turn(press, call, quiz::step(app, call, &answers))
        }
        Action::Quiz(answers) => quiz::step(app, call, &answers).into(),
        Action::Forget => turn(press, call, my_data::forget(app, call).await),
        Action::Draft(..)
        | Action::Entry(_)
        | Action::Twin(_)
        | Action::Credit(..)
        | Action::Follow(_)
        | Action::Letters(_)
        | Action::StopLetters(..)
        | Action::Under(..)
        | Action::Gap(..)
        | Action::News(..)
        | Action::Posted(..)
        | Action::Log(_)
        | Action::Schedules(_)
        | Action::Coming(_) => Response::private(OUTDATED),
    }
}

/// How an answer is shown to the one who pressed.
fn view<'a>(call: &'a InteractionContext, question: Option<&'a str>) -> View<'a> {
    View {
        question,
        embeds: call.embeds,
        language: locale::language_note(&call.locale),
        ..View::default()
    }
}

fn gone() -> Response {
    Response::private(GONE)
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

fn chosen(app: &App, press: &ComponentInteraction) -> Option<Topic> {
    app.advisor().knowledge().find(value(press)?)
}

/// The server's own trend that was chosen from a menu.
async fn own(app: &App, press: &ComponentInteraction, call: &InteractionContext) -> Response {
    let key = value(press).filter(|value| of_key(value).is_some());
    let answer = match key {
        Some(key) => own_trends::answer(app, call, key).await,
        None => None,
    };
    answer.map_or_else(gone, |answer| {
        answer_view::answer(&answer, &view(call, None)).into()
    })
}

async fn show(app: &App, call: &InteractionContext, topic: Topic) -> Response {
    let subject = crate::advisor::subject(&app.advisor().knowledge(), topic);
    let answer = match subject.kind {
        SubjectKind::Role => app.advisor().role(&subject.slug),
        SubjectKind::Trend => app.advisor().trend(&subject.slug),
    };
    let Some(answer) = answer else {
        return gone();
    };
    let answer = own_trends::beside(app, call, answer).await;
    answer_view::answer(&answer, &view(call, None)).into()
}

/// Ways that were shown, found again; the one that was chosen step by step.
async fn ways(
    app: &App,
    press: &ComponentInteraction,
    call: &InteractionContext,
    code: &str,
) -> Response {
    let knowledge = app.advisor().knowledge();
    let open = value(press).map(|slug| match knowledge.find(slug) {
        Some(Topic::Role(id)) => Some(id),
        _ => None,
    });
    let wanted = code::read(&knowledge, code);
    let (Some(wanted), None | Some(Some(_))) = (wanted, open) else {
        return gone();
    };
    let wanted = Wanted {
        open: open.flatten().or(wanted.open),
        ..wanted
    };
    let shown = code::write(&knowledge, &wanted);
    match shown {
        Some(code) => ask::ways(app, call, &code, &view(call, None))
            .await
            .map_or_else(gone, Into::into),
        None => gone(),
    }
}

async fn compare(app: &App, call: &InteractionContext, topics: &[Topic]) -> Response {
    let knowledge = app.advisor().knowledge();
    let slugs: Vec<&str> = topics
        .iter()
        .map(|topic| knowledge.slug(*topic).as_str())
        .collect();
    match app.advisor().compare(&slugs) {
        Some(answer) => charts::beside(
            app,
            &answer,
            answer_view::answer(&answer, &view(call, None)),
        )
        .await
        .into(),
        None => Response::private("I can compare two to four different roles. Try /compare."),
    }
}

/// Counts the verdict; nothing about the member is kept, and the question of 👎 only where the server wants to see gaps.
async fn feedback(on: Press<'_>, right: bool, about: Option<Tag>) -> Response {
    let Press {
        app, press, call, ..
    } = on;
    let knowledge = app.advisor().knowledge();
    let subject = match about.map(|tag| (tag, tag.find(&knowledge))) {
        Some((_, Some(topic @ Topic::Role(_)))) => format!("role:{}", knowledge.slug(topic)),
        Some((_, Some(topic @ Topic::Trend(_)))) => format!("trend:{}", knowledge.slug(topic)),
        // Some commands answer with no role or trend in particular.
        Some((tag, None)) => on
            .commands
            .iter()
            .find(|command| Tag::of(command.name) == tag)
            .map_or_else(
                || "none".to_owned(),
                |command| format!("command:{}", command.name),
            ),
        None => "none".to_owned(),
    };
    if !app.count_verdict(call, &subject, right, &press.message) {
        return Response::private(
            "You have told me about this answer already, and I count it once. Thank you.",
        );
    }
    let verdict = if right { "right" } else { "wrong" };
    if app.keeps_figures() {
        metrics::counter!("careerbot_feedback_total", "verdict" => verdict).increment(1);
    }
    tracing::info!(verdict, about = subject, "feedback");
    if right {
        return Response::private(
            "Thank you. I count this without your name and without the question.",
        );
    }
    let counted = if app.server_settings(call).await.settings.gaps {
        "without your name. Once a question like this got no good answer three times, this server's moderators see its words, never who asked."
    } else {
        "without your name and without the question."
    };
    Response::private(format!(
        "Thank you. I count this {counted} Asking in other words, or /role and /explore, may lead to what you need."
    ))
}
