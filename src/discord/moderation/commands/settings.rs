//! `/settings`: what a server wants of the bot. For moderators.
//!
//! Knows each setting, its option and its words; what it leads to is decided elsewhere.

use std::num::NonZeroU64;

use serenity::builder::CreateCommand;
use serenity::model::Permissions;
use serenity::model::application::{CommandOptionType, CommandType};
use serenity::model::channel::ChannelType;
use serenity::model::id::{ChannelId, GuildId, RoleId};

use crate::digest::zone;
use crate::discord::api::permissions::{POSTING, Wanted};
use crate::discord::app::App;
use crate::discord::command::{Command, Input, Run, Suggest, for_moderators};
use crate::discord::interaction::context::{InteractionContext, Options};
use crate::discord::interaction::follow_up::FollowUp;
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::interaction::response::{Response, Suggestion};
use crate::discord::message::body::Message;
use crate::discord::message::limits::{CHOICE, CHOICES};
use crate::discord::message::locale;
use crate::discord::message::markdown::{escape_member, fit};
use crate::discord::moderation::access::{self, Moderator};
use crate::discord::moderation::audit_log;
use crate::discord::moderation::permission_report::PermissionCheck;
use crate::discord::state::server_settings::channel;
use crate::store::settings::{LatePolicy, POST_LINE, PostOrder, PostStyle, Settings};
use crate::store::{self, ServerRoleId};

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
/// Most channels that can be allowed by name.
const MOST_CHANNELS: usize = 50;
/// Longest time for which a log can be kept, in days: ten years.
const MOST_DAYS: u16 = 3_650;

/// What `clear` can empty.
const CLEARABLE: &[(&str, &str, fn(&mut Settings))] = &[
    ("moderator-role", "Moderator role: none", |settings| {
        settings.moderator_role = None
    }),
    ("digest-channel", "Digest channel: none", |settings| {
        settings.digest_channel = None
    }),
    ("log-channel", "Log channel: none", |settings| {
        settings.log_channel = None
    }),
    (
        "post-colour",
        "Colour of posts: each topic's own",
        |settings| settings.posts.colour = None,
    ),
    ("post-introduction", "Line above posts: none", |settings| {
        settings.posts.intro.clear()
    }),
    (
        "post-closing",
        "Line at the end of posts: none",
        |settings| settings.posts.closing.clear(),
    ),
    (
        "allowed-channels",
        "Allowed channels: answer everywhere",
        |settings| settings.allowed_channels.clear(),
    ),
];

/// What can be done with late posts.
const LATE: &[(LatePolicy, &str)] = &[
    (LatePolicy::Post, "Post it late"),
    (LatePolicy::Skip, "Leave it out"),
    (LatePolicy::Ask, "Ask in the log channel"),
];

/// In which order the parts of a post can stand.
const ORDERS: &[(PostOrder, &str)] = &[
    (PostOrder::Points, "Points, roles, question"),
    (PostOrder::Roles, "Roles, points, question"),
    (PostOrder::Question, "Question, points, roles"),
];

fn body(command: CreateCommand) -> CreateCommand {
    let sub = |name, description| {
        locale::option("settings", CommandOptionType::SubCommand, name, description)
    };
    let option = |kind, name, description| locale::option("settings set", kind, name, description);
    let channel = |name, description| {
        option(CommandOptionType::Channel, name, description).channel_types(POSTABLE.to_vec())
    };
    let late = LATE.iter().fold(
        option(
            CommandOptionType::String,
            "late-posts",
            "What to do with a post whose time passed while I was away",
        ),
        |option, (policy, words)| locale::choice(option, words, policy.word()),
    );
    let clear = CLEARABLE.iter().fold(
        option(CommandOptionType::String, "clear", "Empty one setting"),
        |option, (name, words, _)| locale::choice(option, words, *name),
    );
    let order = ORDERS.iter().fold(
        option(
            CommandOptionType::String,
            "post-order",
            "In which order the parts of a post stand",
        ),
        |option, (order, words)| locale::choice(option, words, order.word()),
    );
    let line = |name, description| {
        option(CommandOptionType::String, name, description)
            .max_length(u16::try_from(POST_LINE).unwrap_or(u16::MAX))
    };
    let set = sub("set", "Change one or more settings")
        .add_sub_option(option(
            CommandOptionType::Role,
            "moderator-role",
            "Members with this role may moderate too",
        ))
        .add_sub_option(
            channel("digest-channel", "Where trend summaries go").channel_types(SUMMARIES.to_vec()),
        )
        .add_sub_option(channel(
            "log-channel",
            "Where I tell moderators what went wrong",
        ))
        .add_sub_option(
            option(
                CommandOptionType::String,
                "time-zone",
                "Time zone, such as America/New_York",
            )
            .set_autocomplete(true),
        )
        .add_sub_option(option(
            CommandOptionType::Boolean,
            "private-answers",
            "Answers for the asking member alone, unless they choose otherwise",
        ))
        .add_sub_option(channel(
            "allow-channel",
            "One more channel in which I answer; none means all",
        ))
        .add_sub_option(late)
        .add_sub_option(option(
            CommandOptionType::Boolean,
            "gaps",
            "Count questions without a good answer, without names, for /gaps",
        ))
        .add_sub_option(option(
            CommandOptionType::Boolean,
            "stats",
            "Count questions, verdicts and presses below posts by week, without names, for /stats",
        ))
        .add_sub_option(option(
            CommandOptionType::Boolean,
            "second-moderator",
            "Entries of /knowledge go live only when another moderator approves them",
        ))
        .add_sub_option(
            option(
                CommandOptionType::Integer,
                "log-days",
                "How many days the log is kept",
            )
            .min_int_value(1)
            .max_int_value(u64::from(MOST_DAYS)),
        )
        .add_sub_option(
            option(
                CommandOptionType::String,
                "post-colour",
                "Colour of posts, such as #2A7F9E; each topic has its own when none is set",
            )
            .max_length(7),
        )
        .add_sub_option(line("post-introduction", "A line above each post"))
        .add_sub_option(line("post-closing", "A line at the end of each post"))
        .add_sub_option(order)
        .add_sub_option(option(
            CommandOptionType::Boolean,
            "post-poll",
            "End posts with a poll; Discord lets no such post be edited later",
        ))
        .add_sub_option(option(
            CommandOptionType::Boolean,
            "post-thread",
            "Open a thread below each post",
        ))
        .add_sub_option(clear);
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

/// Everything that is set, a line each.
fn words(settings: &Settings) -> String {
    let or = |id: Option<String>, none: &str| id.unwrap_or_else(|| none.to_owned());
    let channels: Vec<String> = settings
        .allowed_channels
        .iter()
        .map(|id| format!("<#{id}>"))
        .collect();
    let late = LATE
        .iter()
        .find(|(policy, _)| *policy == settings.late_policy)
        .map_or("", |(_, words)| *words);
    [
        "**Settings of this server**".to_owned(),
        format!(
            "• Moderator role: {}",
            or(
                settings.moderator_role.map(|id| format!("<@&{id}>")),
                "none; members with Manage Server moderate"
            )
        ),
        format!(
            "• Digest channel: {}",
            or(
                settings.digest_channel.map(|id| format!("<#{id}>")),
                "none; name one with each digest"
            )
        ),
        format!(
            "• Log channel: {}",
            or(
                settings.log_channel.map(|id| format!("<#{id}>")),
                "none; I cannot tell you when a post fails"
            )
        ),
        format!("• Time zone: {}", settings.zone),
        format!(
            "• Answers: {}",
            if settings.private_answers {
                "private, unless a member chooses otherwise"
            } else {
                "public, unless a member chooses otherwise"
            }
        ),
        format!(
            "• I answer in: {}",
            if channels.is_empty() {
                "all channels".to_owned()
            } else {
                channels.join(" ")
            }
        ),
        format!("• Late posts: {late}"),
        format!(
            "• Questions without a good answer: {}",
            if settings.gaps {
                "counted without names, see /gaps"
            } else {
                "not counted"
            }
        ),
        format!(
            "• Numbers of each week: {}",
            if settings.stats {
                "counted without names, see /stats"
            } else {
                "not counted"
            }
        ),
        format!(
            "• Entries of /knowledge: {}",
            if settings.two_step {
                "approved by a second moderator"
            } else {
                "approved by any moderator"
            }
        ),
        format!("• Log: kept for {} days", settings.audit_days),
        format!("• Posts: {}", posts(&settings.posts)),
    ]
    .join("\n")
}

/// What does not work as it is set; empty where all does.
fn warning(settings: &Settings) -> &'static str {
    if settings.late_policy == LatePolicy::Ask && settings.log_channel.is_none() {
        "\n⚠ There is no log channel to ask in, so late posts are left out. Choose one with /settings set log-channel."
    } else {
        ""
    }
}

/// Changes what was given, all of it or nothing.
async fn set(
    moderator: &Moderator<'_>,
    call: &InteractionContext,
    options: Options<'_>,
) -> Result<Message, HandlerError> {
    if options.is_empty() {
        return Err(HandlerError::private(
            "Nothing was changed: choose at least one setting, such as /settings set time-zone.",
        ));
    }
    // What is stored may have changed since the rights were checked: another moderator may be at work.
    let change = |before: &Settings| {
        let after = changed(moderator, before, call.guild, options)
            .map_err(|reason| Message::private(format!("Nothing was changed: {reason}.")))?;
        if after == *before {
            return Err(HandlerError::private(format!(
                "Nothing changed: it was set like this already.\n{}",
                words(before)
            )));
        }
        let detail = difference(before, &after);
        Ok((after, detail))
    };
    let changed = moderator
        .store
        .change_settings(moderator.server, moderator.user, moderator.now, change)
        .await;
    let (before, after) = changed??;
    if before.gaps && !after.gaps {
        moderator.store.forget_gaps(moderator.server).await?;
    }
    if before.stats && !after.stats {
        moderator.store.forget_counts(moderator.server).await?;
    }
    let mut text = format!("Saved.\n{}{}", words(&after), warning(&after));
    if after.moderator_role.is_some() && after.moderator_role != before.moderator_role {
        text.push_str("\n-# Discord shows moderator commands to members with Manage Server. To show them to the role too: Server Settings → Integrations → this bot.");
    }
    Ok(Message::private(text))
}

/// How posts look, in one line.
fn posts(style: &PostStyle) -> String {
    let order = ORDERS.iter().find(|(order, _)| *order == style.order);
    let line = |name: &str, words: &str| {
        (!words.is_empty()).then(|| format!("{name} \"{}\"", fit(words, 100, escape_member)))
    };
    let colour = match style.colour {
        Some(colour) => format!("colour #{colour:06X}"),
        None => "each topic in its own colour".to_owned(),
    };
    [
        Some(colour),
        order.map(|(_, words)| words.to_lowercase()),
        line("begin with", &style.intro),
        line("end with", &style.closing),
        style.poll.then(|| "with a poll".to_owned()),
        style.thread.then(|| "with a thread below".to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join("; ")
}

/// A colour as people write it: `#2A7F9E`, with or without the `#`.
fn colour(typed: &str) -> Option<u32> {
    let digits = typed.trim().trim_start_matches('#');
    let fits = digits.len() == 6 && digits.chars().all(|c| c.is_ascii_hexdigit());
    u32::from_str_radix(digits, 16).ok().filter(|_| fits)
}

/// A line of a post: one line, so that it cannot be taken for the post's own parts.
fn post_line(typed: &str) -> String {
    let words: Vec<&str> = typed.split_whitespace().collect();
    words.join(" ").chars().take(POST_LINE).collect()
}

/// The lines that are new.
fn difference(before: &Settings, after: &Settings) -> String {
    let (old, new) = (words(before), words(after));
    let changed = new
        .lines()
        .filter(|line| !old.lines().any(|old| old == *line));
    changed
        .map(|line| line.trim_start_matches("• "))
        .collect::<Vec<_>>()
        .join("; ")
}

/// The settings with the options applied; else why not.
fn changed(
    moderator: &Moderator<'_>,
    before: &Settings,
    guild: Option<GuildId>,
    options: Options<'_>,
) -> Result<Settings, String> {
    let mut after = before.clone();
    if let Some(name) = options.text("clear") {
        let (_, _, clear) = CLEARABLE
            .iter()
            .find(|(known, _, _)| *known == name)
            .ok_or("I do not know what to clear")?;
        clear(&mut after);
    }
    if let Some(role) = options.role("moderator-role") {
        // The role that everyone has bears the server's own id.
        if guild.is_some_and(|guild| guild.get() == role.get()) {
            return Err("@everyone cannot be the moderator role".to_owned());
        }
        after.moderator_role = Some(ServerRoleId::new(role.get()));
    }
    if after.moderator_role != before.moderator_role && !moderator.manages {
        return Err(
            "the moderator role can be changed only by members with Manage Server".to_owned(),
        );
    }
    if let Some(id) = options.channel("digest-channel") {
        after.digest_channel = Some(channel(id));
    }
    if let Some(id) = options.channel("log-channel") {
        after.log_channel = Some(channel(id));
    }
    if let Some(zone) = options.text("time-zone") {
        after.zone = zone::of_place(zone).ok_or_else(|| {
            let typed = fit(zone, 60, escape_member);
            match zone::meant(zone) {
                Some(place) => format!(
                    "\"{typed}\" is no time zone of a place, whose clock may change in spring and autumn; {place} is one, or start typing your city"
                ),
                None => format!("\"{typed}\" is not a time zone of a place; start typing a city and choose from the list"),
            }
        })?;
    }
    if let Some(private) = options.flag("private-answers") {
        after.private_answers = private;
    }
    if let Some(id) = options.channel("allow-channel").map(channel)
        && !after.allowed_channels.contains(&id)
    {
        if after.allowed_channels.len() == MOST_CHANNELS {
            return Err(format!(
                "{MOST_CHANNELS} channels are allowed already; clear the list and begin anew"
            ));
        }
        after.allowed_channels.push(id);
    }
    if let Some(word) = options.text("late-posts") {
        after.late_policy =
            LatePolicy::parse(word).ok_or("late posts can be posted, left out or asked about")?;
    }
    if let Some(typed) = options.text("post-colour") {
        let read = colour(typed).ok_or("a colour is six digits from 0 to F, such as #2A7F9E")?;
        after.posts.colour = Some(read);
    }
    if let Some(typed) = options.text("post-introduction") {
        after.posts.intro = post_line(typed);
    }
    if let Some(typed) = options.text("post-closing") {
        after.posts.closing = post_line(typed);
    }
    if let Some(word) = options.text("post-order") {
        after.posts.order =
            PostOrder::parse(word).ok_or("choose an order of the parts from the list")?;
    }
    if let Some(poll) = options.flag("post-poll") {
        after.posts.poll = poll;
    }
    if let Some(thread) = options.flag("post-thread") {
        after.posts.thread = thread;
    }
    if let Some(gaps) = options.flag("gaps") {
        after.gaps = gaps;
    }
    if let Some(stats) = options.flag("stats") {
        after.stats = stats;
    }
    if let Some(two_step) = options.flag("second-moderator") {
        if two_step != after.two_step && !moderator.manages {
            return Err(
                "the rule of a second moderator can be changed only by members with Manage Server"
                    .to_owned(),
            );
        }
        after.two_step = two_step;
    }
    if let Some(days) = options.number("log-days") {
        after.audit_days = u16::try_from(days)
            .ok()
            .filter(|days| (1..=MOST_DAYS).contains(days))
            .ok_or(format!("the log is kept from 1 to {MOST_DAYS} days"))?;
    }
    Ok(after)
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
