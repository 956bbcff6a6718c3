//! Whether the bot may give members a role, worked out as Discord does it, and whether it is one that may be given away at all.
//!
//! Source: Discord documentation, "Permission Hierarchy" and "Role Object".

use serenity::model::Permissions;
use serenity::model::id::{GuildId, RoleId, UserId};

use crate::discord::api::model::{Member, Role};
use crate::discord::api::permissions::granted;

/// Rights over others: whoever presses a button must not come to any of them.
const POWERS: Permissions = Permissions::ADMINISTRATOR
    .union(Permissions::MANAGE_GUILD)
    .union(Permissions::MANAGE_ROLES)
    .union(Permissions::MANAGE_CHANNELS)
    .union(Permissions::MANAGE_MESSAGES)
    .union(Permissions::MANAGE_THREADS)
    .union(Permissions::MANAGE_WEBHOOKS)
    .union(Permissions::MANAGE_NICKNAMES)
    .union(Permissions::MANAGE_EVENTS)
    .union(Permissions::MANAGE_GUILD_EXPRESSIONS)
    .union(Permissions::KICK_MEMBERS)
    .union(Permissions::BAN_MEMBERS)
    .union(Permissions::MODERATE_MEMBERS)
    .union(Permissions::MUTE_MEMBERS)
    .union(Permissions::DEAFEN_MEMBERS)
    .union(Permissions::MOVE_MEMBERS)
    .union(Permissions::MENTION_EVERYONE)
    .union(Permissions::VIEW_AUDIT_LOG);

/// Why a role must not be given away, whoever does it; the rest of a sentence. `moderators` is the role of the bot's moderators.
pub fn unfit(
    server: GuildId,
    role: RoleId,
    permissions: Permissions,
    managed: bool,
    moderators: Option<u64>,
) -> Option<&'static str> {
    let reasons = [
        (
            role.get() == server.get(),
            "@everyone is no role that anybody could take",
        ),
        (
            moderators == Some(role.get()),
            "it is the moderator role of /settings, and a button must not make moderators",
        ),
        (
            managed,
            "it belongs to an integration, which alone gives it",
        ),
        (
            permissions.intersects(POWERS),
            "it has rights over other members, such as to manage, kick, ban or mention everyone; choose a role without any",
        ),
    ];
    let mut found = reasons.into_iter().filter(|(holds, _)| *holds);
    found.next().map(|(_, reason)| reason)
}

/// What keeps the bot from giving a role to members, and what to do about it; the rest of a sentence. `roles` are the server's,
/// `bot` is the bot as its member.
pub fn obstacle(
    server: GuildId,
    role: RoleId,
    moderators: Option<u64>,
    roles: &[Role],
    (bot, user): (&Member, UserId),
) -> Option<String> {
    let Some(found) = roles.iter().find(|one| one.id == Some(role)) else {
        return Some("the role is gone. Choose another one with /digest subscribe".to_owned());
    };
    if let Some(reason) = unfit(server, role, found.permissions, found.managed, moderators) {
        return Some(reason.to_owned());
    }
    let may = granted(roles, bot, &[], server, user);
    if !may.contains(Permissions::MANAGE_ROLES) {
        return Some(
            "I lack **Manage Roles**. Give it to my role in the server's settings, under Roles"
                .to_owned(),
        );
    }
    let own = |one: &&Role| one.id.is_some_and(|id| bot.roles.contains(&id));
    let highest = roles.iter().filter(own).map(|one| one.position).max();
    if highest.unwrap_or(0) <= found.position {
        return Some(
            "my own role stands below it. Move my role above it in the server's settings, under Roles"
                .to_owned(),
        );
    }
    None
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_role_is_given_only_where_it_is_harmless_and_below_the_bots_own() {
        let (server, user) = (GuildId::new(1), UserId::new(9));
        let manage = Permissions::MANAGE_ROLES.bits().to_string();
        let roles = |given: &str, place: i64, managed: bool| -> Vec<Role> {
            let roles = json!([
                {"id": "1", "permissions": "0", "position": 0},
                {"id": "5", "permissions": given, "position": place, "managed": managed},
                {"id": "6", "permissions": manage, "position": 3},
            ]);
            serde_json::from_value(roles).expect("roles")
        };
        let bot = Member {
            roles: vec![RoleId::new(6)],
        };
        let check = |role: u64, moderators, roles: &[Role], bot: &Member, says: &str| {
            let found = obstacle(server, RoleId::new(role), moderators, roles, (bot, user));
            let found = found.unwrap_or_default();
            assert!(
                found.contains(says) && found.is_empty() == says.is_empty(),
                "{found}"
            );
        };
        let good = roles("0", 2, false);
        check(5, None, &good, &bot, "");
        check(5, Some(7), &good, &bot, "");
        check(5, Some(5), &good, &bot, "must not make moderators");
        check(1, None, &good, &bot, "@everyone");
        check(4, None, &good, &bot, "gone");
        check(
            5,
            None,
            &good,
            &Member::default(),
            "I lack **Manage Roles**",
        );
        check(5, None, &roles("0", 2, true), &bot, "integration");
        for place in [3, 4] {
            check(5, None, &roles("0", place, false), &bot, "stands below it");
        }
        for power in POWERS.iter() {
            let given = power.bits().to_string();
            check(5, None, &roles(&given, 2, false), &bot, "rights over other");
        }
        let send = Permissions::SEND_MESSAGES.bits().to_string();
        check(5, None, &roles(&send, 2, false), &bot, "");
    }
}
