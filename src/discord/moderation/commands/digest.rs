//! `/digest`: trend summaries to preview, post and schedule. For moderators.
//!
//! Knows the options and the words around them; drafts, schedules and posts are kept elsewhere.

use serenity::builder::{CreateCommand, CreateCommandOption};
use serenity::model::application::{CommandOptionType, CommandType};

use crate::advisor::Kind;
use crate::digest::Style;
use crate::digest::cadence::EVERY;
use crate::digest::schedule::Schedule;
use crate::digest::topic::{Topic, WORDS};
use crate::discord::app::App;
use crate::discord::command::{Command, Input, Run, Suggest, for_moderators, suggestions};
use crate::discord::interaction::context::Options;
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::interaction::response::{Response, Suggestion};
use crate::discord::message::body::Message;
use crate::discord::message::limits::CHOICES;
use crate::discord::message::locale;
use crate::discord::message::markdown::truncate;
use crate::discord::moderation::access::{self, Moderator};
use crate::discord::moderation::commands::settings::SUMMARIES;
use crate::discord::moderation::digests::schedule_options::{self, WHERE};
use crate::discord::moderation::digests::schedules;
use crate::discord::moderation::digests::{drafts, posts, subscriptions};
use crate::discord::state::server_settings;
use crate::knowledge::Slug;
use crate::knowledge::starts::Start;

/// `/digest`.
pub const COMMAND: Command = Command {
    name: "digest",
    description: "For moderators: post and schedule trend summaries",
    body,
    kind: CommandType::ChatInput,
    run: Run::Later(|app, input| Box::pin(run(app, input))),
    suggest: Some(Suggest::Later(|app, input, typed| {
        Box::pin(suggest(app, input, typed))
    })),
};

fn body(command: CreateCommand) -> CreateCommand {
    let sub = |name, description| {
        locale::option("digest", CommandOptionType::SubCommand, name, description)
    };
    let new = sub(
        "new",
        "Write a summary and look at it before anybody else does",
    )
    .add_sub_option(topic("new").required(true))
    .add_sub_option(channel("new"))
    .add_sub_option(style("new"));
    let schedule = sub("schedule", "Post a summary regularly")
        .add_sub_option(topic("schedule").required(true))
        .add_sub_option(every("schedule").required(true))
        .add_sub_option(at("schedule").required(true))
        .add_sub_option(channel("schedule"))
        .add_sub_option(on("schedule"))
        .add_sub_option(style("schedule"))
        .add_sub_option(mention("schedule"));
    let edit = sub("edit", "Change a schedule; what you leave out stays")
        .add_sub_option(number("edit"))
        .add_sub_option(topic("edit"))
        .add_sub_option(channel("edit"))
        .add_sub_option(every("edit"))
        .add_sub_option(on("edit"))
        .add_sub_option(at("edit"))
        .add_sub_option(style("edit"))
        .add_sub_option(mention("edit"))
        .add_sub_option(option(
            "edit",
            CommandOptionType::Boolean,
            "mention-nobody",
            "Mention no role any more",
        ));
    for_moderators(command)
        .add_option(new)
        .add_option(schedule)
        .add_option(sub(
            "list",
            "What is posted regularly, with numbers, and drafts that wait",
        ))
        .add_option(edit)
        .add_option(
            sub("pause", "Pause a schedule, for good or between two dates")
                .add_sub_option(number("pause"))
                .add_sub_option(day("from", "First day without a post, such as 2026-12-24"))
                .add_sub_option(day(
                    "until",
                    "Last day without a post; it then goes on by itself",
                )),
        )
        .add_option(sub("resume", "Let a paused schedule go on").add_sub_option(number("resume")))
        .add_option(sub("cancel", "End a schedule for good").add_sub_option(number("cancel")))
        .add_option(sub(
            "history",
            "The last posts: look at them, edit or remove them",
        ))
        .add_option(
            subscriptions::options().into_iter().fold(
                sub(
                    "subscribe",
                    "Offer members a role or direct messages by a button below posts",
                )
                .add_sub_option(topic("subscribe")),
                CreateCommandOption::add_sub_option,
            ),
        )
}

fn day(name: &str, description: &str) -> CreateCommandOption {
    option("pause", CommandOptionType::String, name, description).max_length(20)
}

pub(crate) fn option(
    sub: &str,
    kind: CommandOptionType,
    name: &str,
    description: &str,
) -> CreateCommandOption {
    locale::option(&format!("digest {sub}"), kind, name, description)
}

fn topic(sub: &str) -> CreateCommandOption {
    option(
        sub,
        CommandOptionType::String,
        "topic",
        "Start typing and choose",
    )
    .set_autocomplete(true)
}

pub(crate) fn channel(sub: &str) -> CreateCommandOption {
    option(
        sub,
        CommandOptionType::Channel,
        "channel",
        "Where to; else the channel of /settings",
    )
    .channel_types(SUMMARIES.to_vec())
}

fn style(sub: &str) -> CreateCommandOption {
    Style::ALL.iter().fold(
        option(sub, CommandOptionType::String, "style", "How much it says"),
        |option, (_, word, meaning)| locale::choice(option, &format!("{word}: {meaning}"), *word),
    )
}

pub(crate) fn every(sub: &str) -> CreateCommandOption {
    EVERY.iter().fold(
        option(sub, CommandOptionType::String, "every", "How often"),
        |option, (word, meaning)| locale::choice(option, meaning, *word),
    )
}

pub(crate) fn on(sub: &str) -> CreateCommandOption {
    option(
        sub,
        CommandOptionType::String,
        "on",
        "Monday; 1 to 31 or first Monday of a month; once: 2026-12-24",
    )
    .max_length(30)
}

pub(crate) fn at(sub: &str) -> CreateCommandOption {
    option(
        sub,
        CommandOptionType::String,
        "at",
        "Time in the server's zone, such as 9:00",
    )
    .max_length(20)
}

pub(crate) fn mention(sub: &str) -> CreateCommandOption {
    option(
        sub,
        CommandOptionType::Role,
        "mention-role",
        "One role to mention; nobody unless you choose",
    )
}

pub(crate) fn number(sub: &str) -> CreateCommandOption {
    option(
        sub,
        CommandOptionType::String,
        "number",
        "Start typing and choose",
    )
    .required(true)
    .set_autocomplete(true)
}

async fn run(app: &App, input: &Input<'_>) -> Result<Response, HandlerError> {
    let Some((name, options)) = input.options().subcommand() else {
        return Err(HandlerError::private(
            "Please choose a part of /digest, such as new, schedule, list or history.",
        ));
    };
    let moderator = access::check(app, input.call, &format!("/digest {name}")).await?;
    match name {
        "new" => new(app, &moderator, options).await,
        "schedule" => schedules::command(app, &moderator, options).await,
        "edit" => schedules::edit(app, &moderator, options).await,
        "list" => schedules::list(&moderator, 0).await.map(Response::from),
        "subscribe" => subscriptions::command(app, &moderator, input, options).await,
        "history" => posts::page(app, &moderator, None).await.map(Response::from),
        "pause" | "resume" | "cancel" => change(app, &moderator, name, options)
            .await
            .map(Response::from),
        _ => Err(HandlerError::private(
            "I do not know this part of /digest. Reload Discord and try again.",
        )),
    }
}

pub(crate) async fn new(
    app: &App,
    moderator: &Moderator<'_>,
    options: Options<'_>,
) -> Result<Response, HandlerError> {
    let topic = schedule_options::topic(moderator, options)
        .await?
        .ok_or_else(|| {
            HandlerError::private(
                "I have no topic to write about: start typing and choose one from the list.",
            )
        })?;
    let style = schedule_options::style(options)?.unwrap_or(Style::Short);
    let channel = options
        .channel("channel")
        .map(server_settings::channel)
        .or(moderator.settings.digest_channel);
    let channel = channel.ok_or_else(|| HandlerError::private(WHERE))?;
    drafts::begin(app, moderator, &topic, style, channel).await
}

pub(crate) async fn change(
    app: &App,
    moderator: &Moderator<'_>,
    what: &str,
    options: Options<'_>,
) -> Result<Message, HandlerError> {
    let (store, server, user, now) = (
        moderator.store,
        moderator.server,
        moderator.user,
        moderator.now,
    );
    let digest = schedule_options::find(moderator, options, what).await?;
    let id = digest.id;
    match (what, options.text("from"), options.text("until")) {
        ("pause", from, Some(until)) => {
            return schedules::rest(app, moderator, &digest, from, until).await;
        }
        ("pause", Some(_), None) => {
            return Err(HandlerError::private(
                "Nothing was changed: name the last day with until, too; without both, it is paused until /digest resume.",
            ));
        }
        _ => {}
    }
    let (done, text) = match what {
        "pause" => (
            store
                .pause_digest(server, id, "a moderator paused it", user, now)
                .await,
            format!("Paused. /digest resume {id} lets it go on."),
        ),
        "cancel" => (
            store.end_digest(server, id, user, now).await,
            "Ended for good. What it has posted stays.".to_owned(),
        ),
        _ => {
            let schedule: Option<Schedule> = digest.schedule.parse().ok();
            let next = schedule
                .and_then(|schedule| schedule.next_after(now))
                .ok_or_else(|| {
                    HandlerError::private(
                        "Its schedule cannot be read: cancel it and make a new one.",
                    )
                })?;
            let done = store.resume_digest(server, id, next, user, now).await;
            app.wake();
            (
                done,
                format!("It goes on: next <t:{}:F>.", next.as_second()),
            )
        }
    };
    if done? {
        Ok(Message::private(text))
    } else {
        Err(schedule_options::no_such(id, what))
    }
}

/// Schedules for a number, topics for everything else.
async fn suggest(app: &App, input: &Input<'_>, typed: &str) -> Vec<Suggestion> {
    match input.data.autocomplete() {
        Some(option) if option.name == "number" => {
            schedule_options::suggest(app, input, typed).await
        }
        _ => {
            let mut own = schedule_options::own_topics(app, input, typed).await;
            let mut all = topics(app, typed);
            all.truncate(CHOICES - own.len());
            all.append(&mut own);
            all
        }
    }
}

/// Topics that complete what was typed: words, trends, roles.
fn topics(app: &App, typed: &str) -> Vec<Suggestion> {
    let wanted = typed.trim().to_lowercase();
    let words = WORDS
        .iter()
        .filter(|(word, meaning)| word.contains(&wanted) || meaning.contains(&wanted));
    let words = words.map(|(word, meaning)| Suggestion {
        name: truncate(meaning, 100),
        value: (*word).to_owned(),
    });
    words
        .chain(paths_from(app, &wanted))
        .chain(suggestions(app, typed, Kind::Trend))
        .chain(suggestions(app, typed, Kind::Role))
        .take(CHOICES)
        .collect()
}

/// Ways on: from each start that fits, and from roles once "paths from" is typed.
fn paths_from(app: &App, wanted: &str) -> Vec<Suggestion> {
    const PATHS: &str = "paths from";
    let asked = wanted
        .strip_prefix(PATHS)
        .or_else(|| PATHS.starts_with(wanted).then_some(""));
    let knowledge = app.advisor().knowledge();
    let typed = asked.unwrap_or(wanted).trim();
    let fits = |start: &Start| {
        start.name.contains(typed) || start.words.iter().any(|word| word.starts_with(typed))
    };
    let starts = knowledge.starts.iter().filter(|start| fits(start));
    let mut slugs: Vec<Slug> = starts.map(|start| start.slug.clone()).collect();
    if wanted.starts_with(PATHS) {
        let roles = suggestions(app, typed, Kind::Role);
        slugs.extend(roles.iter().filter_map(|role| Slug::parse(&role.value)));
    }
    let topics = slugs.into_iter().map(Topic::Paths);
    topics
        .map(|topic| Suggestion {
            name: truncate(&topic.title(&knowledge), 100),
            value: topic.to_string(),
        })
        .collect()
}
