//! What stands below a public post about a topic, and what it does: ask about it, see its roles, see what they pay where one
//! lives.
//!
//! Nothing is kept between the post and the press: each id names the topic, so that it works as long as the topic is known.
//! Each press is answered to the one who pressed alone.

use crate::advisor::subject;
use crate::answer::figure::median_pay;
use crate::answer::picture::{Picture, Place};
use crate::answer::wording::{earner, median_sentence, pay_period};
use crate::discord::app::App;
use crate::discord::command::{Handled, answered};
use crate::discord::feature::{Feature, Press, Submission};
use crate::discord::interaction::context::InteractionContext;
use crate::discord::interaction::form_input;
use crate::discord::interaction::response::{InitialResponse, Response};
use crate::discord::interaction::view_options::View;
use crate::discord::members::{answer_buttons, areas, ask, charts};
use crate::discord::message::actions::TopicVerb;
use crate::discord::message::body::Message;
use crate::discord::message::components::{Button, Entry, Form, Row, Select, TextInput};
use crate::discord::message::custom_id::{Action, Tag};
use crate::discord::message::limits::{CONTENT, ENTRY, SELECT_ENTRIES};
use crate::discord::message::line_budget::{LineBudget, RESERVE};
use crate::discord::message::locale;
use crate::discord::message::markdown::{escape, escape_to, truncate};
use crate::knowledge::{AreaId, Cell, Knowledge, Role, RoleId, State, Topic};
use crate::understanding::Context;

/// The buttons below public posts.
pub(crate) const FEATURE: Feature = Feature {
    press: route_press,
    submit: route_form,
};

/// The buttons, in their order.
const BUTTONS: &[(TopicVerb, &str)] = &[
    (TopicVerb::Ask, "Ask about this"),
    (TopicVerb::Roles, "Roles"),
    (TopicVerb::Pay, "Pay where I live"),
];
/// Roles whose pay in a place is told at once.
const PAID: usize = 6;
/// Most characters of a question, as with /ask.
const QUESTION: usize = 500;
/// What a button is answered with whose topic is gone.
const GONE: &str = "What this post is about is no longer in my knowledge. Try /explore or /trends.";

/// The rows below a post about the topic of this slug, with these roles (slug and title) to open.
pub(crate) fn rows<'a>(about: &str, roles: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<Row> {
    let tag = Tag::of(about);
    let buttons: Vec<Button> = BUTTONS
        .iter()
        .filter_map(|(verb, label)| Some(Button::new(Action::Under(*verb, tag).encode()?, *label)))
        .collect();
    let entries: Vec<Entry> = roles
        .filter(|(slug, title)| slug.len() <= ENTRY && !title.trim().is_empty())
        .map(|(slug, title)| Entry {
            label: truncate(title, ENTRY),
            value: slug.to_owned(),
            description: String::new(),
            default: false,
        })
        .take(SELECT_ENTRIES)
        .collect();
    let menu = Action::Chosen.encode().filter(|_| !entries.is_empty());
    let menu = menu.map(|id| {
        Row::Select(Select {
            id,
            placeholder: "Open one of these roles".to_owned(),
            entries,
        })
    });
    std::iter::once(Row::Buttons(buttons)).chain(menu).collect()
}

fn route_press<'a>(on: Press<'a>, action: &Action) -> Option<Handled<'a>> {
    let Action::Under(verb, tag) = *action else {
        return None;
    };
    Some(Box::pin(async move { Ok(press(on, verb, tag)) }))
}

fn route_form<'a>(filled: Submission<'a>, action: &Action) -> Option<Handled<'a>> {
    let Action::Under(verb, tag) = *action else {
        return None;
    };
    Some(answered(submit(filled, verb, tag)))
}

fn press(on: Press<'_>, verb: TopicVerb, tag: Tag) -> Response {
    let knowledge = on.app.advisor().knowledge();
    let Some(topic) = tag.find(&knowledge) else {
        return Response::private(GONE);
    };
    let input = |id, label, most, long| TextInput {
        id,
        label,
        value: String::new(),
        most,
        long,
        required: true,
    };
    let (title, input) = match verb {
        TopicVerb::Roles => return roles(&knowledge, topic, on.call).into(),
        TopicVerb::Ask => (
            "Ask about this",
            input(
                "question",
                "Your question; only you see the answer",
                QUESTION,
                true,
            ),
        ),
        TopicVerb::Pay => (
            "Pay where I live",
            input("place", "A state, such as Texas, or a city", 60, false),
        ),
    };
    let Some(id) = Action::Under(verb, tag).encode() else {
        return Response::private(GONE);
    };
    let inputs = vec![input];
    InitialResponse::Form(Form { id, title, inputs }).into()
}

async fn submit(filled: Submission<'_>, verb: TopicVerb, tag: Tag) -> Response {
    let Submission { app, form, call } = filled;
    let knowledge = app.advisor().knowledge();
    let Some(topic) = tag.find(&knowledge) else {
        return Response::private(GONE);
    };
    match verb {
        TopicVerb::Ask => ask(
            app,
            call,
            &knowledge,
            topic,
            form_input::value(form, "question"),
        )
        .await
        .into(),
        TopicVerb::Pay => pay(
            app,
            call,
            &knowledge,
            topic,
            form_input::value(form, "place"),
        )
        .await
        .into(),
        TopicVerb::Roles => roles(&knowledge, topic, call).into(),
    }
}

/// Answers a question as one that follows up on the topic: "what does it pay?" needs no name.
async fn ask(
    app: &App,
    call: &InteractionContext,
    knowledge: &Knowledge,
    topic: Topic,
    question: &str,
) -> Message {
    let question = question.trim();
    if question.is_empty() {
        return Message::private(
            "There was no question in it. Press the button again, and write one.",
        );
    }
    let (roles, trends) = match topic {
        Topic::Role(id) => (vec![id], Vec::new()),
        Topic::Trend(id) => (Vec::new(), vec![id]),
    };
    let talk = Context {
        roles,
        trends,
        ..Context::default()
    };
    app.conversations().keep(
        call.user,
        call.channel,
        (knowledge.fingerprint, talk),
        call.now,
    );
    let view = View {
        question: Some(question),
        embeds: call.embeds,
        language: locale::language_note(&call.locale),
        ..View::default()
    };
    ask::show(app, call, question, &view, call.now).await
}

/// The roles of a trend, or a role and those related to it.
fn roles_of(knowledge: &Knowledge, topic: Topic) -> Vec<RoleId> {
    match topic {
        Topic::Trend(id) => knowledge.trend(id).roles().collect(),
        Topic::Role(id) => std::iter::once(id)
            .chain(knowledge.role(id).related.iter().copied())
            .collect(),
    }
}

/// The roles with what each pays, and a menu that opens them.
fn roles(knowledge: &Knowledge, topic: Topic, call: &InteractionContext) -> Message {
    let ids = roles_of(knowledge, topic);
    let title = escape(knowledge.title(topic));
    let head = match topic {
        Topic::Trend(_) => format!("**Roles that have to do with {title}**"),
        Topic::Role(_) => format!("**{title}, and roles related to it**"),
    };
    let mut lines = LineBudget::new(CONTENT - RESERVE);
    lines.push(&head);
    let line = |id: &RoleId| {
        let role = knowledge.role(*id);
        let (figure, _) = median_pay(knowledge, role);
        format!("• **{}**: {}", escape(&role.title), escape_to(&figure, 200))
    };
    lines.push_all(ids.iter().take(8).map(line), ids.len().saturating_sub(8));
    lines.push(&attribution(
        knowledge,
        ids.iter().take(8).map(|id| knowledge.role(*id)),
    ));
    lines.push(&language(call));
    let subjects: Vec<_> = ids
        .iter()
        .map(|id| subject(knowledge, Topic::Role(*id)))
        .collect();
    let menu = answer_buttons::topics(subjects.iter(), "Open one of these roles");
    Message {
        rows: menu.into_iter().collect(),
        ..Message::private(lines.text)
    }
}

/// What the roles pay in the place that was typed.
async fn pay(
    app: &App,
    call: &InteractionContext,
    knowledge: &Knowledge,
    topic: Topic,
    typed: &str,
) -> Message {
    let typed = typed.trim();
    let state = State::named(typed);
    let area = match state {
        Some(_) => None,
        None => match areas::read(&knowledge.figures.areas, typed, None) {
            Ok(area) => Some(area),
            Err(refusal) => return Message::private(refusal),
        },
    };
    let state = state.or_else(|| knowledge.figures.areas.get(area?).states.first().copied());
    let Some(state) = state else {
        return Message::private(
            "I know no such place. Press the button again, and write a state of the US.",
        );
    };
    let all = roles_of(knowledge, topic);
    let shown: Vec<&Role> = match topic {
        Topic::Role(id) => vec![knowledge.role(id)],
        Topic::Trend(_) => all
            .iter()
            .take(PAID)
            .map(|id| knowledge.role(*id))
            .collect(),
    };
    let mut lines = LineBudget::new(CONTENT - RESERVE);
    let mut said: Vec<String> = Vec::new();
    for role in &shown {
        let line = pay_line(knowledge, role, area, state);
        // Roles of one group have one figure.
        if !said.contains(&line) {
            lines.push(&format!("• {}", escape(&line)));
            said.push(line);
        }
    }
    lines.push(&attribution(knowledge, shown.iter().copied()));
    lines.push(&language(call));
    let picture = match (shown.as_slice(), area) {
        ([role], Some(area)) => Picture::Pay {
            role: role.slug.to_string(),
            place: Place::Area(knowledge.figures.areas.get(area).code.clone()),
        },
        ([role], None) => Picture::Pay {
            role: role.slug.to_string(),
            place: Place::State(state),
        },
        (roles, _) => Picture::Roles {
            roles: roles.iter().map(|role| role.slug.to_string()).collect(),
            state: Some(state),
        },
    };
    charts::with(app, Some(picture), Message::private(lines.text)).await
}

/// The role's median in the area, else in the state.
fn pay_line(knowledge: &Knowledge, role: &Role, area: Option<AreaId>, state: State) -> String {
    let areas = &knowledge.figures.areas;
    let here = area.and_then(|area| {
        let median = areas.pay(role.soc, area)?.median;
        (median != Cell::NotReleased).then(|| (areas.get(area).in_sentence(), median))
    });
    let (place, median) = match here {
        Some((place, median)) => (place, Some(median)),
        None => (
            state.in_sentence(),
            knowledge
                .figures
                .pay_in(role.soc, state)
                .map(|row| row.median),
        ),
    };
    median_sentence(
        &earner(role),
        &place,
        pay_period(knowledge, role),
        median,
        "",
    )
}

/// The line for members who read Discord in another language; empty for others.
fn language(call: &InteractionContext) -> String {
    locale::language_note(&call.locale)
        .map(|note| format!("-# {note}"))
        .unwrap_or_default()
}

/// The line that the publisher of the figures wants shown.
fn attribution<'a>(knowledge: &Knowledge, mut roles: impl Iterator<Item = &'a Role>) -> String {
    let source = roles.find_map(|role| {
        let row = knowledge.figures.national.get(&role.soc)?;
        knowledge.sources.get(&row.source)
    });
    source
        .map(|source| format!("-# {}", escape_to(&source.attribution, 400)))
        .unwrap_or_default()
}
