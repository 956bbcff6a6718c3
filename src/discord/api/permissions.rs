//! What the bot may do in a channel, worked out as Discord does it, and a report on it for moderators.
//!
//! Source: Discord documentation, "Permissions", "Permission Overwrites" and "Inherited Permissions (Threads)". Knows what
//! is needed only as it is told.

use serenity::model::Permissions;
use serenity::model::channel::{PermissionOverwrite, PermissionOverwriteType};
use serenity::model::id::{ChannelId, GuildId, RoleId, UserId};

use crate::discord::api::client::{self, Rest};
use crate::discord::api::error_code::ErrorCode;
use crate::discord::api::forum_tag::{self, NO_TAG, Tag};
use crate::discord::api::model::{Channel, Member, Role};

/// What a post of the bot needs in its channel.
pub const POSTING: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::EMBED_LINKS)
    .union(Permissions::READ_MESSAGE_HISTORY);

/// What the bot is invited with: all that it can need in a channel. The address in the README bears this number.
pub const INVITED: Permissions = POSTING
    .union(Permissions::SEND_MESSAGES_IN_THREADS)
    .union(Permissions::ATTACH_FILES);

/// Permissions by the name that Discord shows, as far as the bot asks for them.
const NAMES: &[(Permissions, &str)] = &[
    (Permissions::VIEW_CHANNEL, "View Channel"),
    (Permissions::SEND_MESSAGES, "Send Messages"),
    (
        Permissions::SEND_MESSAGES_IN_THREADS,
        "Send Messages in Threads",
    ),
    (Permissions::EMBED_LINKS, "Embed Links"),
    (Permissions::ATTACH_FILES, "Attach Files"),
    (Permissions::READ_MESSAGE_HISTORY, "Read Message History"),
    (
        Permissions::MENTION_EVERYONE,
        "Mention @everyone, @here and All Roles",
    ),
];

/// Permissions wanted in a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The channel.
    pub channel: ChannelId,
    /// What for, in words.
    pub purpose: &'static str,
    /// Which; for a thread, sending means sending in threads.
    pub needs: Permissions,
    /// Whether summaries are posted there: in a forum, each is a post of its own.
    pub posts: bool,
}

/// The channel whose overwrites count, and the one asked for: they differ for a thread.
pub(crate) async fn look(
    rest: &Rest,
    server: GuildId,
    id: ChannelId,
) -> Result<(Channel, Channel), client::Error> {
    let channel = rest.channel(id).await?;
    let gone = || client::Error::Refused {
        what: "asking for a channel",
        status: 404,
        code: ErrorCode::UNKNOWN_CHANNEL,
        message: "it is in another server".to_owned(),
    };
    if channel.guild_id != Some(server) {
        return Err(gone());
    }
    if !channel.is_thread() {
        return Ok((channel.clone(), channel));
    }
    let parent = channel.parent_id.ok_or_else(gone)?;
    Ok((rest.channel(parent).await?, channel))
}

/// What keeps the bot from doing in a channel what it needs to do there, and what to do about each; without a full stop.
pub(crate) fn obstacles(
    channel: &Channel,
    needs: Permissions,
    given: Permissions,
    posts: bool,
) -> Vec<String> {
    let needs = if channel.is_thread() {
        in_thread(needs)
    } else {
        needs
    };
    let names = missing(needs, given);
    let mut found = Vec::new();
    if !names.is_empty() {
        found.push(format!(
            "I lack **{}**. Give it to my role in the channel's settings, under Permissions",
            names.join(", ")
        ));
    }
    if channel.thread_metadata.locked {
        found.push("The thread is locked: unlock it".to_owned());
    }
    if posts && forum_tag::tag(channel) == Tag::NoneToUse {
        found.push(format!("It cannot be posted there: {NO_TAG}"));
    }
    found
}

fn in_thread(needs: Permissions) -> Permissions {
    if needs.contains(Permissions::SEND_MESSAGES) {
        (needs - Permissions::SEND_MESSAGES) | Permissions::SEND_MESSAGES_IN_THREADS
    } else {
        needs
    }
}

pub(crate) fn missing(needs: Permissions, given: Permissions) -> Vec<&'static str> {
    NAMES
        .iter()
        .filter(|(one, _)| needs.contains(*one) && !given.contains(*one))
        .map(|(_, name)| *name)
        .collect()
}

/// What a member may do in a channel: roles first, then the channel's overwrites for everyone, for roles, for the member. Without
/// overwrites, what they may do in the whole server.
pub(crate) fn granted(
    roles: &[Role],
    member: &Member,
    overwrites: &[PermissionOverwrite],
    server: GuildId,
    user: UserId,
) -> Permissions {
    let everyone = RoleId::new(server.get());
    let has = |id: RoleId| member.roles.contains(&id);
    let mut may = roles
        .iter()
        .filter(|role| role.id.is_some_and(|id| id == everyone || has(id)))
        .fold(Permissions::empty(), |may, role| may | role.permissions);
    if may.contains(Permissions::ADMINISTRATOR) {
        return Permissions::all();
    }
    let mut apply = |fits: &dyn Fn(PermissionOverwriteType) -> bool| {
        let fold = |bits: fn(&PermissionOverwrite) -> Permissions| {
            overwrites
                .iter()
                .filter(|one| fits(one.kind))
                .fold(Permissions::empty(), |all, one| all | bits(one))
        };
        may = (may - fold(|one| one.deny)) | fold(|one| one.allow);
    };
    apply(&|kind| kind == PermissionOverwriteType::Role(everyone));
    apply(&|kind| matches!(kind, PermissionOverwriteType::Role(id) if id != everyone && has(id)));
    apply(&|kind| kind == PermissionOverwriteType::Member(user));
    may
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn read<T: serde::de::DeserializeOwned>(json: Value) -> T {
        serde_json::from_value(json).expect("as Discord writes it")
    }

    #[test]
    fn the_readme_invites_with_what_is_needed() {
        let readme = include_str!("../../../README.md");
        assert!(
            readme.contains(&format!("&permissions={}\n", INVITED.bits())),
            "{}",
            INVITED.bits()
        );
    }

    #[test]
    fn a_locked_thread_and_a_forum_without_a_tag_to_use_keep_posts_out_whatever_i_may() {
        let check = |channel: Value, posts: bool, says: &str| {
            let as_read = read(channel.clone());
            let found = obstacles(&as_read, POSTING, Permissions::all(), posts).join(". ");
            assert!(
                found.contains(says) && found.is_empty() == says.is_empty(),
                "{channel}: {found}"
            );
        };
        let thread = |locked: bool| json!({"type": 11, "thread_metadata": {"locked": locked}});
        check(thread(true), true, "unlock it");
        check(thread(true), false, "unlock it");
        check(thread(false), true, "");
        let forum = |moderated: bool| json!({"type": 15, "flags": 16, "available_tags": [{"id": "1", "name": "News", "moderated": moderated}]});
        check(forum(true), true, "add one that all may use");
        check(forum(true), false, "");
        check(forum(false), true, "");
    }

    #[test]
    fn overwrites_count_in_discords_order() {
        let bits = |may: Permissions| may.bits().to_string();
        let (send, view) = (Permissions::SEND_MESSAGES, Permissions::VIEW_CHANNEL);
        let roles: Vec<Role> = read(
            json!([{"id": "1", "permissions": bits(view)}, {"id": "5", "permissions": bits(send)}, {"id": "6", "permissions": bits(Permissions::ADMINISTRATOR)}]),
        );
        let check = |own: Value, overwrites: Value, expected: Permissions| {
            let channel: Channel = read(json!({"permission_overwrites": overwrites}));
            let found = granted(
                &roles,
                &read(json!({"roles": own})),
                &channel.permission_overwrites,
                GuildId::new(1),
                UserId::new(9),
            );
            assert_eq!(found, expected, "{overwrites}");
        };
        check(json!([]), json!([]), view);
        check(json!(["5"]), json!([]), view | send);
        check(
            json!(["6"]),
            json!([{"id": "1", "type": 0, "allow": "0", "deny": bits(view)}]),
            Permissions::all(),
        );
        check(
            json!(["5"]),
            json!([{"id": "1", "type": 0, "allow": "0", "deny": bits(send | view)}, {"id": "5", "type": 0, "allow": bits(view), "deny": "0"}]),
            view,
        );
        check(
            json!(["5"]),
            json!([{"id": "5", "type": 0, "allow": bits(view), "deny": bits(send)}, {"id": "9", "type": 1, "allow": bits(send), "deny": bits(view)}]),
            send,
        );
        check(
            json!([]),
            json!([{"id": "5", "type": 0, "allow": bits(send), "deny": "0"}, {"id": "8", "type": 1, "allow": bits(send), "deny": "0"}]),
            view,
        );
        assert_eq!(
            missing(in_thread(POSTING), view | send),
            [
                "Send Messages in Threads",
                "Embed Links",
                "Read Message History"
            ]
        );
    }
}
