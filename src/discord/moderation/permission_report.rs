//! What the bot may do in a server's channels, as a report for moderators.

use serenity::model::Permissions;
use serenity::model::id::{ChannelId, GuildId, RoleId, UserId};

use crate::discord::api::client::{self, Rest};
use crate::discord::api::error_code::ErrorCode;
use crate::discord::api::forum_tag::{self, Tag};
use crate::discord::api::member_role;
use crate::discord::api::model::{Member, Role};
use crate::discord::api::permissions::{POSTING, Wanted, granted, look, missing, obstacles};
use crate::discord::interaction::follow_up::{Outcome, Task};
use crate::discord::message::body::Message;
use crate::discord::message::limits::{CONTENT, length};
use crate::discord::message::markdown::{escape_member, fit};

/// Finds out what the bot may do in these channels of a server.
#[derive(Debug)]
pub struct PermissionCheck {
    /// The server.
    pub server: GuildId,
    /// What is needed, and where.
    pub wanted: Vec<Wanted>,
    /// Roles that members take below posts, each once.
    pub offered: Vec<RoleId>,
    /// The role of the bot's moderators.
    pub moderators: Option<u64>,
}

impl Task for PermissionCheck {
    fn run<'a>(&'a self, rest: &'a Rest) -> Outcome<'a> {
        Box::pin(async move { Some(report(rest, self).await) })
    }
}

/// Finds out what keeps the bot from giving members a role, and adds it to the first response.
#[derive(Debug)]
pub struct RoleCheck {
    /// The server.
    pub server: GuildId,
    /// The role.
    pub role: RoleId,
    /// The role of the bot's moderators.
    pub moderators: Option<u64>,
    /// Whether posts mention it.
    pub mention: bool,
    /// The first response.
    pub shown: Message,
}

impl Task for RoleCheck {
    fn run<'a>(&'a self, rest: &'a Rest) -> Outcome<'a> {
        Box::pin(async move {
            let (bot, roles, member) = facts(rest, self.server).await.ok()?;
            let obstacle = member_role::obstacle(
                self.server,
                self.role,
                self.moderators,
                &roles,
                (&member, bot),
            );
            let lacks = obstacle.map(|obstacle| {
                format!(
                    "\n⚠ I cannot give <@&{}> to members yet: {obstacle}.",
                    self.role
                )
            });
            let given = granted(&roles, &member, &[], self.server, bot);
            let silent = silent(&roles, self.role, given)
                .filter(|_| self.mention && lacks.is_none())
                .map(|line| format!("\n⚠ {line}"));
            let line = lacks.or(silent)?;
            let content = format!("{}{line}", self.shown.content);
            (length(&content) <= CONTENT).then(|| Message {
                content,
                ..self.shown.clone()
            })
        })
    }
}

/// The bot, the roles of a server, and the bot as its member.
async fn facts(rest: &Rest, server: GuildId) -> Result<(UserId, Vec<Role>, Member), client::Error> {
    let bot = rest.myself().await?;
    Ok((
        bot,
        rest.roles(server).await?,
        rest.member(server, bot).await?,
    ))
}

/// Finds out what keeps a summary from its channel, and adds it to the first response.
#[derive(Debug)]
pub struct ChannelCheck {
    /// The server.
    pub server: GuildId,
    /// The channel.
    pub channel: ChannelId,
    /// The role to mention.
    pub role: Option<RoleId>,
    /// The first response.
    pub shown: Message,
}

impl Task for ChannelCheck {
    fn run<'a>(&'a self, rest: &'a Rest) -> Outcome<'a> {
        Box::pin(warn(
            rest,
            self.server,
            self.channel,
            self.role,
            &self.shown,
        ))
    }
}

/// Channels checked at once, each with a call to Discord: more than a server can name in its settings, and far less than what
/// would annoy Discord.
const CHECKED: usize = 80;

/// What is said where a post goes out without its chart; without a full stop.
const NO_CHART: &str =
    "posts go out without their chart: for it, my role needs **Attach Files** there";

/// What only the chart of a post needs, where summaries are posted: the post goes out without it.
fn charts_of(posts: bool) -> Permissions {
    if posts {
        Permissions::ATTACH_FILES
    } else {
        Permissions::empty()
    }
}

/// What is said of a channel that lacks nothing.
const WELL: &str = "✅ all is well";

/// Says for each channel, and for each role that members take, what is missing, or that all is well.
async fn report(rest: &Rest, check: &PermissionCheck) -> Message {
    let PermissionCheck {
        server,
        wanted,
        offered,
        moderators,
    } = check;
    let server = *server;
    let (bot, roles, member) = match facts(rest, server).await {
        Ok(facts) => facts,
        Err(error) => {
            tracing::warn!(%error, "permissions cannot be checked");
            return Message::private(
                "Discord did not tell me what I may do here. Please try /settings check again in a minute.",
            );
        }
    };
    let mut lines = Vec::new();
    for wanted in wanted.iter().take(CHECKED) {
        let found = look(rest, server, wanted.channel).await;
        let said = match found {
            Ok((channel, own)) => {
                let overwrites = &channel.permission_overwrites;
                let given = granted(&roles, &member, overwrites, server, bot);
                let needs = wanted.needs - charts_of(wanted.posts);
                let obstacles = obstacles(&own, needs, given, wanted.posts);
                let bare = missing(wanted.needs & charts_of(wanted.posts), given);
                if !obstacles.is_empty() {
                    format!("❌ {}", obstacles.join(". "))
                } else if !bare.is_empty() {
                    format!("⚠ {NO_CHART}")
                } else {
                    WELL.to_owned()
                }
            }
            Err(client::Error::Refused {
                code: ErrorCode::UNKNOWN_CHANNEL,
                ..
            }) => "❌ this channel is gone. Choose another one with /settings set".to_owned(),
            Err(client::Error::Refused {
                code: ErrorCode::MISSING_ACCESS,
                ..
            }) => "❌ I cannot see it: give my role **View Channel** there".to_owned(),
            Err(error) => {
                tracing::warn!(%error, "a channel cannot be checked");
                "⚠ Discord did not tell me about it; try again in a minute".to_owned()
            }
        };
        lines.push((
            said == WELL,
            format!("\n• {} (<#{}>): {said}", wanted.purpose, wanted.channel),
        ));
    }
    for role in offered {
        let obstacle = member_role::obstacle(server, *role, *moderators, &roles, (&member, bot));
        let said = obstacle.map_or_else(|| WELL.to_owned(), |obstacle| format!("❌ {obstacle}"));
        lines.push((
            said == WELL,
            format!("\n• A role that members take (<@&{role}>): {said}"),
        ));
    }
    let channels = wanted.len().min(CHECKED);
    Message::private(fitted(&lines, wanted.len() - channels))
}

/// The report in one message. Where not all lines fit, those that say that all is well make room for those that do not.
fn fitted(lines: &[(bool, String)], unchecked: usize) -> String {
    const HEAD: &str = "**What I may do**";
    /// For the lines that tell of what was left out.
    const ROOM: usize = 160;
    let mut room = CONTENT - length(HEAD) - ROOM;
    let mut kept = vec![false; lines.len()];
    for wanted in [false, true] {
        for (place, (_, line)) in lines
            .iter()
            .enumerate()
            .filter(|(_, (well, _))| *well == wanted)
        {
            if length(line) <= room {
                room -= length(line);
                kept[place] = true;
            }
        }
    }
    let left_out = |wanted: bool| {
        lines
            .iter()
            .zip(&kept)
            .filter(|((well, _), kept)| *well == wanted && !**kept)
            .count()
    };
    let mut text = HEAD.to_owned();
    text.extend(
        lines
            .iter()
            .zip(&kept)
            .filter(|(_, kept)| **kept)
            .map(|((_, line), _)| line.as_str()),
    );
    for (number, words) in [
        (left_out(true), "more, where all is well"),
        (
            left_out(false),
            "more, where I lack something: fix these first, and check again",
        ),
        (unchecked, "more channels, which I have not checked"),
    ] {
        if number > 0 {
            text.push_str(&format!("\n… and {number} {words}"));
        }
    }
    text
}

/// The message with a line for each thing that keeps a summary from the channel; `None` where nothing does, or Discord does
/// not tell: then the post itself will show it.
pub async fn warn(
    rest: &Rest,
    server: GuildId,
    channel: ChannelId,
    role: Option<RoleId>,
    shown: &Message,
) -> Option<Message> {
    let lines = match lacking(rest, server, channel, role).await {
        Ok(lines) => lines,
        Err(error) => match error {
            client::Error::Refused {
                code: ErrorCode::UNKNOWN_CHANNEL,
                ..
            } => {
                vec!["The channel is gone. Choose another one.".to_owned()]
            }
            client::Error::Refused {
                code: ErrorCode::MISSING_ACCESS,
                ..
            } => {
                vec!["I cannot see the channel: give my role **View Channel** there.".to_owned()]
            }
            error => {
                tracing::warn!(%error, "a channel cannot be checked");
                Vec::new()
            }
        },
    };
    if lines.is_empty() {
        return None;
    }
    let content = lines.iter().fold(shown.content.clone(), |text, line| {
        format!("{text}\n⚠ {line}")
    });
    (length(&content) <= CONTENT).then(|| Message {
        content,
        ..shown.clone()
    })
}

/// What keeps a summary from the channel, or its mention from the role, in sentences.
async fn lacking(
    rest: &Rest,
    server: GuildId,
    channel: ChannelId,
    role: Option<RoleId>,
) -> Result<Vec<String>, client::Error> {
    let (bot, roles, member) = facts(rest, server).await?;
    let (parent, own) = look(rest, server, channel).await?;
    let overwrites = &parent.permission_overwrites;
    let given = granted(&roles, &member, overwrites, server, bot);
    let mut lines: Vec<String> = obstacles(&own, POSTING, given, true)
        .iter()
        .map(|obstacle| format!("{obstacle}."))
        .collect();
    if lines.is_empty() && !given.contains(Permissions::ATTACH_FILES) {
        lines.push("Posted as it is, it goes out without its chart: for that, my role needs **Attach Files** there.".to_owned());
    }
    if let Tag::Fitting { name, .. } = forum_tag::tag(&own) {
        lines.push(format!(
            "The forum wants a tag on each post: I take **{}**, which fits best.",
            fit(&name, 60, escape_member)
        ));
    }
    lines.extend(role.and_then(|role| silent(&roles, role, given)));
    Ok(lines)
}

/// Why a mention of a role would notify nobody, in a sentence; `None` where it does.
fn silent(roles: &[Role], role: RoleId, given: Permissions) -> Option<String> {
    let Some(found) = roles.iter().find(|one| one.id == Some(role)) else {
        return Some("The role to mention is gone. Choose another one, or none.".to_owned());
    };
    let told = found.mentionable || given.contains(Permissions::MENTION_EVERYONE);
    (!told).then(|| format!(
        "<@&{role}> will be named but not notified: let everybody mention it in the role's settings, or give me **Mention @everyone, @here and All Roles**."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_report_fits_and_keeps_what_is_wrong() {
        let line = |number: usize| format!("\n• Answers (<#{number}>): {}", "x".repeat(40));
        let lines: Vec<_> = (100..180)
            .map(|number| (number != 179, line(number)))
            .collect();
        let text = fitted(&lines, 3);
        assert!(length(&text) <= CONTENT, "{}", length(&text));
        assert!(text.contains("<#179>") && text.contains("<#100>"), "{text}");
        let shown = text.matches("Answers").count();
        assert!(
            text.contains(&format!("{} more, where all is well", 80 - shown)),
            "{text}"
        );
        assert!(
            text.ends_with("3 more channels, which I have not checked"),
            "{text}"
        );
        assert_eq!(fitted(&lines[..2], 0).lines().count(), 3);
    }
}
