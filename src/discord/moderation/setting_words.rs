//! A server's settings in words: what is set, what does not work as it is set, and what has changed.
//!
//! Knows nothing of commands and options.

use crate::discord::message::markdown::{escape_member, fit};
use crate::store::settings::{LatePolicy, PostOrder, PostStyle, Settings};

/// What can be done with late posts.
pub(super) const LATE: &[(LatePolicy, &str)] = &[
    (LatePolicy::Post, "Post it late"),
    (LatePolicy::Skip, "Leave it out"),
    (LatePolicy::Ask, "Ask in the log channel"),
];

/// In which order the parts of a post can stand.
pub(super) const ORDERS: &[(PostOrder, &str)] = &[
    (PostOrder::Points, "Points, roles, question"),
    (PostOrder::Roles, "Roles, points, question"),
    (PostOrder::Question, "Question, points, roles"),
];

/// Everything that is set, a line each.
pub(super) fn words(settings: &Settings) -> String {
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
pub(super) fn warning(settings: &Settings) -> &'static str {
    if settings.late_policy == LatePolicy::Ask && settings.log_channel.is_none() {
        "\n⚠ There is no log channel to ask in, so late posts are left out. Choose one with /settings set log-channel."
    } else {
        ""
    }
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

/// The lines that are new.
pub(super) fn difference(before: &Settings, after: &Settings) -> String {
    let (old, new) = (words(before), words(after));
    let changed = new
        .lines()
        .filter(|line| !old.lines().any(|old| old == *line));
    changed
        .map(|line| line.trim_start_matches("• "))
        .collect::<Vec<_>>()
        .join("; ")
}
