//! The facts about an interaction that commands and buttons need, taken from serenity's model once.
//!
//! Knows where Discord puts things; knows nothing of what is done with them.

use jiff::Timestamp;
use serenity::model::Permissions;
use serenity::model::application::{
    AuthorizingIntegrationOwner, AuthorizingIntegrationOwners, InstallationContext,
};
use serenity::model::application::{
    CommandDataOption, CommandDataOptionValue, CommandInteraction, ComponentInteraction,
    ModalInteraction,
};
use serenity::model::channel::PartialChannel;
use serenity::model::guild::Member;
use serenity::model::id::{ChannelId, GuildId, InteractionId, RoleId, UserId};

/// Who did something, where and when.
#[derive(Debug, Clone)]
pub struct InteractionContext {
    /// The interaction, for logs.
    pub id: InteractionId,
    /// The member.
    pub user: UserId,
    /// The server; `None` in direct messages.
    pub guild: Option<GuildId>,
    /// The channel.
    pub channel: ChannelId,
    /// The channel that the thread belongs to, in a thread.
    pub parent: Option<ChannelId>,
    /// What the member may do in this channel, as Discord says with each interaction; nothing in direct messages.
    pub permissions: Permissions,
    /// Whether the member may write in this channel; always in direct messages.
    pub may_write: bool,
    /// Whether what an app from outside says to the member may be for all to see; always in direct messages.
    pub may_use_outside_apps: bool,
    /// Whether the channel is a thread.
    pub thread: bool,
    /// The member's roles in the server.
    pub roles: Vec<RoleId>,
    /// The member's language, such as `en-US`.
    pub locale: String,
    /// Whether embeds are shown here.
    pub embeds: bool,
    /// Whether the bot itself was added to the server, and not by the member alone.
    pub bot_in_server: bool,
    /// Whether the bot can post in the channel with its own rights.
    pub can_post: bool,
    /// When it happened.
    pub now: Timestamp,
}

impl InteractionContext {
    /// The facts about a command, or about the typing of one.
    pub fn of_command(command: &CommandInteraction, now: Timestamp) -> Self {
        let rights = Rights::new(
            command.app_permissions,
            &command.authorizing_integration_owners,
            is_thread(command.channel.as_ref()),
        );
        let who = Who {
            user: command.user.id,
            member: command.member.as_deref(),
        };
        let place = Place {
            guild: command.guild_id,
            channel: command.channel_id,
            known: command.channel.as_ref(),
        };
        Self::new(command.id, who, place, &command.locale, rights, now)
    }

    /// The facts about a press.
    pub fn of_component(press: &ComponentInteraction, now: Timestamp) -> Self {
        let rights = Rights::new(
            press.app_permissions,
            &press.authorizing_integration_owners,
            is_thread(press.channel.as_ref()),
        );
        let who = Who {
            user: press.user.id,
            member: press.member.as_ref(),
        };
        let place = Place {
            guild: press.guild_id,
            channel: press.channel_id,
            known: press.channel.as_ref(),
        };
        Self::new(press.id, who, place, &press.locale, rights, now)
    }

    /// The facts about a form that was filled in. Only moderators get forms, where the bot is in the server.
    pub fn of_modal(form: &ModalInteraction, now: Timestamp) -> Self {
        let may = form.app_permissions;
        let embeds = may.is_none_or(|may| {
            may.intersects(Permissions::EMBED_LINKS | Permissions::ADMINISTRATOR)
        });
        let rights = Rights {
            embeds,
            in_server: form.guild_id.is_some(),
            can_post: false,
        };
        let who = Who {
            user: form.user.id,
            member: form.member.as_ref(),
        };
        let place = Place {
            guild: form.guild_id,
            channel: form.channel_id,
            known: form.channel.as_ref(),
        };
        Self::new(form.id, who, place, &form.locale, rights, now)
    }

    /// The server, where it has the bot itself.
    pub fn server(&self) -> Option<GuildId> {
        self.guild.filter(|_| self.bot_in_server)
    }

    fn new(
        id: InteractionId,
        who: Who<'_>,
        place: Place<'_>,
        locale: &str,
        rights: Rights,
        now: Timestamp,
    ) -> Self {
        let member = who.member.filter(|_| place.guild.is_some());
        let permissions = member
            .and_then(|member| member.permissions)
            .unwrap_or_else(Permissions::empty);
        let may = |wanted: Permissions| {
            place.guild.is_none() || permissions.intersects(wanted | Permissions::ADMINISTRATOR)
        };
        let thread = is_thread(place.known);
        Self {
            id,
            user: who.user,
            guild: place.guild,
            channel: place.channel,
            parent: place
                .known
                .filter(|_| thread)
                .and_then(|channel| channel.parent_id),
            permissions,
            may_write: may(sending(thread)),
            may_use_outside_apps: may(Permissions::USE_EXTERNAL_APPS),
            thread,
            roles: member
                .map(|member| member.roles.clone())
                .unwrap_or_default(),
            locale: locale.to_owned(),
            embeds: rights.embeds,
            bot_in_server: rights.in_server,
            can_post: rights.can_post,
            now,
        }
    }
}

/// Who did it, as serenity has it.
struct Who<'a> {
    user: UserId,
    member: Option<&'a Member>,
}

/// Where it was done, as serenity has it.
struct Place<'a> {
    guild: Option<GuildId>,
    channel: ChannelId,
    known: Option<&'a PartialChannel>,
}

fn is_thread(channel: Option<&PartialChannel>) -> bool {
    channel.is_some_and(|channel| channel.thread_metadata.is_some())
}

/// What it takes to write in a channel. In a thread Send Messages counts for nothing.
/// Source: Discord documentation, "Inherited Permissions (Threads)".
fn sending(thread: bool) -> Permissions {
    if thread {
        Permissions::SEND_MESSAGES_IN_THREADS
    } else {
        Permissions::SEND_MESSAGES
    }
}

/// What the bot may do where it was called.
struct Rights {
    embeds: bool,
    in_server: bool,
    can_post: bool,
}

impl Rights {
    fn new(
        permissions: Option<Permissions>,
        owners: &AuthorizingIntegrationOwners,
        thread: bool,
    ) -> Self {
        let may = |wanted: Permissions| {
            permissions.is_none_or(|given| {
                given.contains(wanted) || given.contains(Permissions::ADMINISTRATOR)
            })
        };
        let in_server = owners.0.iter().any(|owner| match owner {
            AuthorizingIntegrationOwner::GuildInstall(guild) => guild.is_some(),
            AuthorizingIntegrationOwner::UserInstall(_) => false,
            AuthorizingIntegrationOwner::Unknown(kind) => *kind == InstallationContext::Guild,
            _ => false,
        });
        let post = Permissions::VIEW_CHANNEL | sending(thread) | Permissions::READ_MESSAGE_HISTORY;
        Self {
            embeds: may(Permissions::EMBED_LINKS),
            in_server,
            can_post: in_server && may(post),
        }
    }
}

/// The options of a command, by name. A value of another type than asked for counts as missing.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a>(&'a [CommandDataOption]);

impl<'a> Options<'a> {
    /// The options of a command.
    pub fn new(options: &'a [CommandDataOption]) -> Self {
        Self(options)
    }

    /// A text, trimmed; `None` when missing or empty.
    pub fn text(self, name: &str) -> Option<&'a str> {
        match &self.find(name)?.value {
            CommandDataOptionValue::String(text)
            | CommandDataOptionValue::Autocomplete { value: text, .. } => {
                Some(text.trim()).filter(|text| !text.is_empty())
            }
            _ => None,
        }
    }

    /// A yes or no.
    pub fn flag(self, name: &str) -> Option<bool> {
        match self.find(name)?.value {
            CommandDataOptionValue::Boolean(value) => Some(value),
            _ => None,
        }
    }

    /// A whole number.
    pub fn number(self, name: &str) -> Option<i64> {
        match self.find(name)?.value {
            CommandDataOptionValue::Integer(value) => Some(value),
            _ => None,
        }
    }

    /// A channel.
    pub fn channel(self, name: &str) -> Option<ChannelId> {
        match self.find(name)?.value {
            CommandDataOptionValue::Channel(id) => Some(id),
            _ => None,
        }
    }

    /// A role of the server.
    pub fn role(self, name: &str) -> Option<RoleId> {
        match self.find(name)?.value {
            CommandDataOptionValue::Role(id) => Some(id),
            _ => None,
        }
    }

    /// How many options there are.
    pub fn len(self) -> usize {
        self.0.len()
    }

    /// Whether there is no option at all.
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// The name of the subcommand that was called, with its options.
    pub fn subcommand(self) -> Option<(&'a str, Options<'a>)> {
        self.0.iter().find_map(|option| match &option.value {
            CommandDataOptionValue::SubCommand(inner) => {
                Some((option.name.as_str(), Options(inner)))
            }
            _ => None,
        })
    }

    fn find(self, name: &str) -> Option<&'a CommandDataOption> {
        self.0.iter().find(|option| option.name == name)
    }
}
