//! `/digest`: trend summaries to preview, post and schedule. For moderators.
//!
//! Knows the options and the words around them; drafts, schedules and posts are kept elsewhere.

use serenity::builder::CreateCommand;
use serenity::model::application::{CommandOptionType, CommandType};

use crate::advisor::Kind;
use crate::digest::schedule::Schedule;
use crate::digest::topic::WORDS;
use crate::digest::{Style, Topic};
use crate::discord::App;
use crate::discord::call::Options;
use crate::discord::commands::settings::POSTABLE;
use crate::discord::commands::{Command, Input, Run, Suggest, for_moderators, suggestions};
use crate::discord::limits::{CHOICES, CONTENT, length};
use crate::discord::markdown::{escape_member, fit, truncate};
use crate::discord::message::{Message, Reply, Suggestion};
use crate::discord::moderator::{self, Moderator, failed};
use crate::discord::{drafts, locale, server};
use crate::store::postings::State;

/// `/digest`.
pub const COMMAND: Command = Command {
    name: "digest",
    description: "For moderators: post and schedule trend summaries",
    body,
    kind: CommandType::ChatInput,
    run: Run::Later(|app, input| Box::pin(run(app, input))),
    suggest: Some(Suggest::Now(|app, _, _, typed| topics(app, typed))),
};

/// Posts shown by `/digest history`.
const SHOWN: u16 = 12;

fn body(command: CreateCommand) -> CreateCommand {
    let sub = |name, description| locale::option("digest", CommandOptionType::SubCommand, name, description);
    let style = Style::ALL.iter().fold(
        locale::option("digest new", CommandOptionType::String, "style", "How much it says"),
        |option, (_, word, meaning)| option.add_string_choice(format!("{word}: {meaning}"), *word),
    );
    let new = sub("new", "Write a summary and look at it before anybody else does")
        .add_sub_option(
            locale::option("digest new", CommandOptionType::String, "topic", "Start typing and choose")
                .required(true)
                .set_autocomplete(true),
        )
        .add_sub_option(
            locale::option(
                "digest new",
                CommandOptionType::Channel,
                "channel",
                "Where to; else the channel of /settings",
            )
            .channel_types(POSTABLE.to_vec()),
        )
        .add_sub_option(style);
    let numbered = |name, description| {
        let number =
            locale::option(&format!("digest {name}"), CommandOptionType::Integer, "number", "Number from the list")
                .required(true)
                .min_int_value(1);
        sub(name, description).add_sub_option(number)
    };
    for_moderators(command)
        .add_option(new)
        .add_option(sub("list", "What is posted regularly, with numbers"))
        .add_option(numbered("pause", "Pause a schedule"))
        .add_option(numbered("resume", "Let a paused schedule go on"))
        .add_option(numbered("cancel", "End a schedule for good"))
        .add_option(sub("history", "The last posts and what became of them"))
}

async fn run(app: &App, input: &Input<'_>) -> Reply {
    let Some((name, options)) = input.options().subcommand() else {
        return Reply::private("Please choose /digest new, list, pause, resume, cancel or history.");
    };
    let moderator = match moderator::check(app, input.call, &format!("/digest {name}")).await {
        Ok(moderator) => moderator,
        Err(refusal) => return refusal.into(),
    };
    let done = match name {
        "new" => new(app, &moderator, options).await,
        "list" => list(app, &moderator).await,
        "history" => history(app, &moderator).await,
        "pause" | "resume" | "cancel" => change(app, &moderator, name, options.number("number").unwrap_or(0)).await,
        _ => Err(Message::private("I do not know this part of /digest. Reload Discord and try again.")),
    };
    done.unwrap_or_else(|refusal| refusal).into()
}

async fn new(app: &App, moderator: &Moderator<'_>, options: Options<'_>) -> Result<Message, Message> {
    let typed = options.text("topic").unwrap_or_default();
    let Some(topic) = Topic::find(typed, &app.advisor().knowledge()) else {
        return Err(Message::private(format!(
            "I have no topic called \"{}\": start typing and choose one from the list.",
            fit(typed, 100, escape_member)
        )));
    };
    let style = options
        .text("style")
        .map_or(Some(Style::Short), Style::parse)
        .ok_or_else(|| Message::private("I know no such style: choose one from the list."))?;
    let Some(channel) = options.channel("channel").map(server::channel).or(moderator.settings.digest_channel) else {
        return Err(Message::private(
            "Where should it go? Name a channel with the option channel, or set one for all with /settings set digest-channel.",
        ));
    };
    drafts::begin(app, moderator, &topic, style, channel).await
}

async fn list(app: &App, moderator: &Moderator<'_>) -> Result<Message, Message> {
    let digests = moderator.store.digests(moderator.server).await.map_err(|error| failed(&error))?;
    if digests.is_empty() {
        return Ok(Message::private(
            "Nothing is scheduled. Begin with /digest new, and press Schedule below the preview.",
        ));
    }
    let knowledge = app.advisor().knowledge();
    let mut lines = vec!["**Scheduled summaries**".to_owned()];
    lines.extend(digests.iter().map(|digest| {
        let title = Topic::parse(&digest.topic).map_or_else(|| digest.topic.clone(), |topic| topic.title(&knowledge));
        let next = match (&digest.paused, digest.next_due) {
            (Some(reason), _) => format!("**paused**: {}", fit(reason, 150, escape_member)),
            (None, Some(next)) => format!("next <t:{}:F>", next.timestamp().as_second()),
            (None, None) => "over".to_owned(),
        };
        format!("**{}** · {title} ({}) in <#{}>, {} · {next}", digest.id, digest.style, digest.channel, digest.schedule)
    }));
    Ok(Message::private(cut(&lines)))
}

async fn history(app: &App, moderator: &Moderator<'_>) -> Result<Message, Message> {
    let postings = moderator.store.postings(moderator.server, None, SHOWN).await.map_err(|error| failed(&error))?;
    if postings.is_empty() {
        return Ok(Message::private("Nothing has been posted here yet. Begin with /digest new."));
    }
    let knowledge = app.advisor().knowledge();
    let mut lines = vec!["**The last posts**".to_owned()];
    lines.extend(postings.iter().map(|posting| {
        let title = Topic::parse(&posting.topic).map_or_else(|| posting.topic.clone(), |topic| topic.title(&knowledge));
        let reason = posting
            .reason
            .as_deref()
            .map(|reason| format!(": {}", fit(reason, 100, escape_member)))
            .unwrap_or_default();
        let state = match (posting.state, posting.message) {
            (State::Recorded, Some(message)) => {
                format!("https://discord.com/channels/{}/{}/{message}", posting.server, posting.channel)
            }
            (State::Recorded, None) => "posted".to_owned(),
            (State::Failed, _) => format!("failed{reason}"),
            (State::Skipped, _) => format!("left out{reason}"),
            (State::Removed, _) => "removed since".to_owned(),
            (State::Asked, _) => format!("waits for a word{reason}"),
            (State::Due | State::Claimed | State::Sending, _) => format!("on its way{reason}"),
        };
        format!("<t:{}:f> {title} in <#{}> · {state}", posting.due_at.timestamp().as_second(), posting.channel)
    }));
    Ok(Message::private(cut(&lines)))
}

/// As many lines as one message holds, and how many more there are.
fn cut(lines: &[String]) -> String {
    const CLOSING: usize = 20;
    let mut text = String::new();
    for (done, line) in lines.iter().enumerate() {
        if length(&text) + length(line) + 1 + CLOSING > CONTENT {
            text.push_str(&format!("\n… and {} more", lines.len() - done));
            break;
        }
        if done > 0 {
            text.push('\n');
        }
        text.push_str(line);
    }
    text
}

async fn change(app: &App, moderator: &Moderator<'_>, what: &str, id: i64) -> Result<Message, Message> {
    let (store, server, user, now) = (moderator.store, moderator.server, moderator.user, moderator.now);
    let no_such = || {
        Message::private(format!(
            "There is no scheduled summary {id} to {what}. /digest list shows them with their numbers."
        ))
    };
    let digest = store.digest(server, id).await.map_err(|error| failed(&error))?.ok_or_else(no_such)?;
    let (done, text) = match what {
        "pause" => (
            store.pause_digest(server, id, "a moderator paused it", user, now).await,
            format!("Paused. /digest resume {id} lets it go on."),
        ),
        "cancel" => {
            (store.end_digest(server, id, user, now).await, "Ended for good. What it has posted stays.".to_owned())
        }
        _ => {
            let schedule: Option<Schedule> = digest.schedule.parse().ok();
            let next = schedule
                .and_then(|schedule| schedule.next_after(now))
                .ok_or_else(|| Message::private("Its schedule cannot be read: cancel it and make a new one."))?;
            let done = store.resume_digest(server, id, next, user, now).await;
            app.wake();
            (done, format!("It goes on: next <t:{}:F>.", next.as_second()))
        }
    };
    if done.map_err(|error| failed(&error))? { Ok(Message::private(text)) } else { Err(no_such()) }
}

/// Topics that complete what was typed: words, trends, roles.
fn topics(app: &App, typed: &str) -> Vec<Suggestion> {
    let wanted = typed.trim().to_lowercase();
    let words = WORDS.iter().filter(|(word, meaning)| word.contains(&wanted) || meaning.contains(&wanted));
    let words = words.map(|(word, meaning)| Suggestion { name: truncate(meaning, 100), value: (*word).to_owned() });
    words.chain(suggestions(app, typed, Kind::Trend)).chain(suggestions(app, typed, Kind::Role)).take(CHOICES).collect()
}
