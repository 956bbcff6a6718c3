//! What `/settings set` changes: each option read, all of them applied or none.
//!
//! Knows each option's values and who may change it; knows nothing of how options are shown.

use serenity::model::id::GuildId;

use crate::digest::zone;
use crate::discord::interaction::context::{InteractionContext, Options};
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::message::body::Message;
use crate::discord::message::markdown::{escape_member, fit};
use crate::discord::moderation::access::Moderator;
use crate::discord::moderation::setting_words::{difference, warning, words};
use crate::discord::state::server_settings::channel;
use crate::store::ServerRoleId;
use crate::store::settings::{LatePolicy, POST_LINE, PostOrder, Settings};

/// Most channels that can be allowed by name.
const MOST_CHANNELS: usize = 50;
/// Longest time for which a log can be kept, in days: ten years.
pub(super) const MOST_DAYS: u16 = 3_650;

/// What `clear` can empty.
pub(super) const CLEARABLE: &[(&str, &str, fn(&mut Settings))] = &[
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

/// Changes what was given, all of it or nothing.
pub(super) async fn set(
    moderator: &Moderator<'_>,
    call: &InteractionContext,
    options: Options<'_>,
) -> Result<Message, HandlerError> {
    if options.is_empty() {
        return Err(HandlerError::private(
            "Nothing was changed: choose at least one setting, such as /settings set time-zone.",
        ));
    }
    let asked = Asked {
        manages: moderator.manages,
        guild: call.guild,
        options,
    };
    // What is stored may have changed since the rights were checked: another moderator may be at work.
    let change = |before: &Settings| {
        let after = changed(before, &asked)
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

/// A change that is asked for: who asks for it, where, and in which options.
struct Asked<'a> {
    /// Whether they have Manage Server.
    manages: bool,
    guild: Option<GuildId>,
    options: Options<'a>,
}

/// The settings with the options applied; else why not.
fn changed(before: &Settings, asked: &Asked<'_>) -> Result<Settings, String> {
    let mut after = before.clone();
    moderators(before, &mut after, asked)?;
    places(&mut after, asked.options)?;
    posts(&mut after, asked.options)?;
    counts(&mut after, asked)?;
    Ok(after)
}

/// What is emptied, and who moderates.
fn moderators(before: &Settings, after: &mut Settings, asked: &Asked<'_>) -> Result<(), String> {
    if let Some(name) = asked.options.text("clear") {
        let (_, _, clear) = CLEARABLE
            .iter()
            .find(|(known, _, _)| *known == name)
            .ok_or("I do not know what to clear")?;
        clear(after);
    }
    if let Some(role) = asked.options.role("moderator-role") {
        // The role that everyone has bears the server's own id.
        if asked.guild.is_some_and(|guild| guild.get() == role.get()) {
            return Err("@everyone cannot be the moderator role".to_owned());
        }
        after.moderator_role = Some(ServerRoleId::new(role.get()));
    }
    if after.moderator_role != before.moderator_role && !asked.manages {
        return Err(
            "the moderator role can be changed only by members with Manage Server".to_owned(),
        );
    }
    Ok(())
}

/// Channels, the time zone, and how answers and late posts are given there.
fn places(after: &mut Settings, options: Options<'_>) -> Result<(), String> {
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
    Ok(())
}

/// How posts look.
fn posts(after: &mut Settings, options: Options<'_>) -> Result<(), String> {
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
    Ok(())
}

/// What is counted, approved twice, and kept how long.
fn counts(after: &mut Settings, asked: &Asked<'_>) -> Result<(), String> {
    if let Some(gaps) = asked.options.flag("gaps") {
        after.gaps = gaps;
    }
    if let Some(stats) = asked.options.flag("stats") {
        after.stats = stats;
    }
    if let Some(two_step) = asked.options.flag("second-moderator") {
        if two_step != after.two_step && !asked.manages {
            return Err(
                "the rule of a second moderator can be changed only by members with Manage Server"
                    .to_owned(),
            );
        }
        after.two_step = two_step;
    }
    if let Some(days) = asked.options.number("log-days") {
        after.audit_days = u16::try_from(days)
            .ok()
            .filter(|days| (1..=MOST_DAYS).contains(days))
            .ok_or(format!("the log is kept from 1 to {MOST_DAYS} days"))?;
    }
    Ok(())
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
