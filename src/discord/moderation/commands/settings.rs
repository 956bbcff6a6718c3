//! `/settings`: what a server wants of the bot. For moderators.
//!
//! Knows each setting's option, and which parts the command has; how settings are changed and put in words is decided elsewhere.

use std::num::NonZeroU64;

use serenity::builder::{CreateCommand, CreateCommandOption};
use serenity::model::Permissions;
use serenity::model::application::{CommandOptionType, CommandType};
use serenity::model::channel::ChannelType;
use serenity::model::id::{ChannelId, RoleId};

use crate::digest::zone;
use crate::discord::api::permissions::{POSTING, Wanted};
use crate::discord::app::App;
use crate::discord::command::{Command, Input, Run, Suggest, for_moderators};
use crate::discord::interaction::context::InteractionContext;
use crate::discord::interaction::follow_up::FollowUp;
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::interaction::response::{Response, Suggestion};
use crate::discord::message::body::Message;
use crate::discord::message::limits::{CHOICE, CHOICES};
use crate::discord::message::locale;
use crate::discord::moderation::access::{self, Moderator};
use crate::discord::moderation::audit_log;
use crate::discord::moderation::permission_report::PermissionCheck;
use crate::discord::moderation::setting_changes::{CLEARABLE, MOST_DAYS, set};
use crate::discord::moderation::setting_words::{LATE, ORDERS, warning, words};
use crate::store;
use crate::store::settings::POST_LINE;

/// `/settings`.
pub const COMMAND: Command = Command {
    name: "settings",
    description: "For moderators: what I do in this server",
    body,
    kind: CommandType::ChatInput,
    run: Run::Later(|app, input| Box::pin(run(app, input))),
    suggest: Some(Suggest::Now(|_, _, _, typed| zones(typed))),
};

/// Channels that take summaries: in a forum, each is a thread of its own.
pub(crate) const SUMMARIES: [ChannelType; 6] = [
    ChannelType::Text,
    ChannelType::News,
    ChannelType::NewsThread,
    ChannelType::PublicThread,
    ChannelType::PrivateThread,
    ChannelType::Forum,
];
/// Channels that take messages.
const POSTABLE: [ChannelType; 5] = [
    ChannelType::Text,
    ChannelType::News,
    ChannelType::NewsThread,
    ChannelType::PublicThread,
    ChannelType::PrivateThread,
];
/// What a summary needs in its channel, with its chart.
const SUMMARY: Permissions = POSTING.union(Permissions::ATTACH_FILES);
/// An option of `/settings set`: what it takes, its name, what it says, and what else it has.
type SetOption = (
    CommandOptionType,
    &'static str,
    &'static str,
    fn(CreateCommandOption) -> CreateCommandOption,
);

/// The options of `/settings set`, in the order in which Discord shows them.
const SET: &[SetOption] = &[
    (
        CommandOptionType::Role,
        "moderator-role",
        "Members with this role may moderate too",
        plain,
    ),
    (
        CommandOptionType::Channel,
        "digest-channel",
        "Where trend summaries go",
        |option| option.channel_types(SUMMARIES.to_vec()),
    ),
    (
        CommandOptionType::Channel,
        "log-channel",
        "Where I tell moderators what went wrong",
        postable,
    ),
    (
        CommandOptionType::String,
        "time-zone",
        "Time zone, such as America/New_York",
        |option| option.set_autocomplete(true),
    ),
    (
        CommandOptionType::Boolean,
        "private-answers",
        "Answers for the asking member alone, unless they choose otherwise",
        plain,
    ),
    (
        CommandOptionType::Channel,
        "allow-channel",
        "One more channel in which I answer; none means all",
        postable,
    ),
    (
        CommandOptionType::String,
        "late-posts",
        "What to do with a post whose time passed while I was away",
        |option| {
            let choices = LATE.iter();
            choices.fold(option, |option, (policy, words)| {
                locale::choice(option, words, policy.word())
            })
        },
    ),
    (
        CommandOptionType::Boolean,
        "gaps",
        "Count questions without a good answer, without names, for /gaps",
        plain,
    ),
    (
        CommandOptionType::Boolean,
        "stats",
        "Count questions, verdicts and presses below posts by week, without names, for /stats",
        plain,
    ),
    (
        CommandOptionType::Boolean,
        "second-moderator",
        "Entries of /knowledge go live only when another moderator approves them",
        plain,
    ),
    (
        CommandOptionType::Integer,
        "log-days",
        "How many days the log is kept",
        |option| option.min_int_value(1).max_int_value(u64::from(MOST_DAYS)),
    ),
    (
        CommandOptionType::String,
        "post-colour",
        "Colour of posts, such as #2A7F9E; each topic has its own when none is set",
        |option| option.max_length(7),
    ),
    (
        CommandOptionType::String,
        "post-introduction",
        "A line above each post",
        line,
    ),
    (
        CommandOptionType::String,
        "post-closing",
        "A line at the end of each post",
        line,
    ),
    (
        CommandOptionType::String,
        "post-order",
        "In which order the parts of a post stand",
        |option| {
            let choices = ORDERS.iter();
            choices.fold(option, |option, (order, words)| {
                locale::choice(option, words, order.word())
            })
        },
    ),
    (
        CommandOptionType::Boolean,
        "post-poll",
        "End posts with a poll; Discord lets no such post be edited later",
        plain,
    ),
    (
        CommandOptionType::Boolean,
        "post-thread",
        "Open a thread below each post",
        plain,
    ),
    (
        CommandOptionType::String,
        "clear",
        "Empty one setting",
        |option| {
            let choices = CLEARABLE.iter();
            choices.fold(option, |option, (name, words, _)| {
                locale::choice(option, words, *name)
            })
        },
    ),
];

fn plain(option: CreateCommandOption) -> CreateCommandOption {
    option
}

/// A channel that takes messages.
fn postable(option: CreateCommandOption) -> CreateCommandOption {
    option.channel_types(POSTABLE.to_vec())
}

/// A line of a post.
fn line(option: CreateCommandOption) -> CreateCommandOption {
    option.max_length(u16::try_from(POST_LINE).unwrap_or(u16::MAX))
}

fn body(command: CreateCommand) -> CreateCommand {
    let sub = |name, description| {
        locale::option("settings", CommandOptionType::SubCommand, name, description)
    };
    let set = sub("set", "Change one or more settings");
    let set = SET
        .iter()
        .fold(set, |set, (kind, name, description, shape)| {
            set.add_sub_option(shape(locale::option(
                "settings set",
                *kind,
                name,
                description,
            )))
        });
    for_moderators(command)
        .add_option(sub("view", "Show what is set"))
        .add_option(set)
        .add_option(sub("check", "Check whether I may do what I am to do"))
        .add_option(sub("log", "Who changed what and when"))
}

async fn run(app: &App, input: &Input<'_>) -> Result<Response, HandlerError> {
    let Some((name, options)) = input.options().subcommand() else {
        return Err(HandlerError::private(
            "Please choose /settings view, set, check or log.",
        ));
    };
    let moderator = access::check(app, input.call, &format!("/settings {name}")).await?;
    match name {
        "view" => {
            let (settings, warning) = (words(&moderator.settings), warning(&moderator.settings));
            Ok(Response::private(format!("{settings}{warning}")))
        }
        "set" => set(&moderator, input.call, options)
            .await
            .map(Response::from),
        "check" => check(&moderator, input.call).await,
        "log" => audit_log::page(&moderator, None).await.map(Response::from),
        _ => Err(HandlerError::private(
            "I do not know this part of /settings. Reload Discord and try again.",
        )),
    }
}

/// Has the permissions looked up in every channel that the settings name, and in those of scheduled digests.
async fn check(
    moderator: &Moderator<'_>,
    call: &InteractionContext,
) -> Result<Response, HandlerError> {
    let settings = &moderator.settings;
    let digests = moderator.store.digests(moderator.server).await?;
    let mut wanted: Vec<Wanted> = Vec::new();
    let mut want = |id: store::ChannelId, purpose, needs, posts| {
        let Some(id) = NonZeroU64::new(id.get()) else {
            return;
        };
        let one = Wanted {
            channel: ChannelId::from(id),
            purpose,
            needs,
            posts,
        };
        if !wanted.contains(&one) {
            wanted.push(one);
        }
    };
    for (id, purpose, needs) in [
        (settings.digest_channel, "Digests", SUMMARY),
        (settings.log_channel, "Messages to moderators", POSTING),
    ] {
        if let Some(id) = id {
            want(id, purpose, needs, true);
        }
    }
    for digest in digests
        .iter()
        .filter(|digest| Some(digest.channel) != settings.digest_channel)
    {
        want(digest.channel, "A scheduled digest", SUMMARY, true);
    }
    for id in &settings.allowed_channels {
        // Answers to mentions may bear a chart.
        want(*id, "Answers", POSTING | Permissions::ATTACH_FILES, false);
    }
    let chosen = moderator.store.subscriptions(moderator.server).await;
    let mut offered: Vec<RoleId> = Vec::new();
    for chosen in chosen? {
        if let Some(role) = chosen
            .role
            .and_then(|role| NonZeroU64::new(role.get()))
            .map(RoleId::from)
            && !offered.contains(&role)
        {
            offered.push(role);
        }
    }
    let something = !wanted.is_empty() || !offered.is_empty();
    let Some(server) = call.guild.filter(|_| something) else {
        return Ok(Response::private(
            "There is no channel to check yet: choose one with /settings set digest-channel or log-channel.",
        ));
    };
    Ok(Response {
        first: Message::private("Checking…").into(),
        then: vec![FollowUp::task(PermissionCheck {
            server,
            wanted,
            offered,
            moderators: settings.moderator_role.map(|role| role.get()),
        })],
    })
}

/// Time zones that fit what was typed.
fn zones(typed: &str) -> Vec<Suggestion> {
    let names = zone::suggest(typed, CHOICES)
        .into_iter()
        .filter(|name| name.len() <= CHOICE);
    names
        .map(|name| Suggestion {
            name: name.clone(),
            value: name,
        })
        .collect()
}
