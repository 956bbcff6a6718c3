//! The facts about an interaction that commands and buttons need, taken from serenity's model once.
//!
//! Knows where Discord puts things; knows nothing of what is done with them.

use jiff::Timestamp;
use serenity::model::Permissions;
use serenity::model::application::{CommandDataOption, CommandDataOptionValue, CommandInteraction, ComponentInteraction};
use serenity::model::application::{AuthorizingIntegrationOwner, AuthorizingIntegrationOwners, InstallationContext};
use serenity::model::id::{ChannelId, GuildId, InteractionId, UserId};

/// Who did something, where and when.
#[derive(Debug, Clone)]
pub struct Call {
    /// The interaction, for logs.
    pub id: InteractionId,
    /// The member.
    pub user: UserId,
    /// The server; `None` in direct messages.
    pub guild: Option<GuildId>,
    /// The channel.
    pub channel: ChannelId,
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

impl Call {
    /// The facts about a command, or about the typing of one.
    pub fn of_command(command: &CommandInteraction, now: Timestamp) -> Self {
        let rights = Rights::new(command.app_permissions, &command.authorizing_integration_owners);
        Self::new(command.id, command.user.id, command.guild_id, command.channel_id, &command.locale, rights, now)
    }

    /// The facts about a press.
    pub fn of_component(press: &ComponentInteraction, now: Timestamp) -> Self {
        let rights = Rights::new(press.app_permissions, &press.authorizing_integration_owners);
        Self::new(press.id, press.user.id, press.guild_id, press.channel_id, &press.locale, rights, now)
    }

    fn new(id: InteractionId, user: UserId, guild: Option<GuildId>, channel: ChannelId, locale: &str, rights: Rights, now: Timestamp) -> Self {
        Self { id, user, guild, channel, locale: locale.to_owned(), embeds: rights.embeds, bot_in_server: rights.in_server, can_post: rights.can_post, now }
    }
}

/// What the bot may do where it was called.
struct Rights {
    embeds: bool,
    in_server: bool,
    can_post: bool,
}

impl Rights {
    fn new(permissions: Option<Permissions>, owners: &AuthorizingIntegrationOwners) -> Self {
        let may = |wanted: Permissions| permissions.is_none_or(|given| given.contains(wanted) || given.contains(Permissions::ADMINISTRATOR));
        let in_server = owners.0.iter().any(|owner| match owner {
            AuthorizingIntegrationOwner::GuildInstall(guild) => guild.is_some(),
            AuthorizingIntegrationOwner::UserInstall(_) => false,
            AuthorizingIntegrationOwner::Unknown(kind) => *kind == InstallationContext::Guild,
            _ => false,
        });
        let post = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES | Permissions::READ_MESSAGE_HISTORY;
        Self { embeds: may(Permissions::EMBED_LINKS), in_server, can_post: in_server && may(post) }
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
            CommandDataOptionValue::String(text) | CommandDataOptionValue::Autocomplete { value: text, .. } => Some(text.trim()).filter(|text| !text.is_empty()),
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

    /// The name of the subcommand that was called, with its options.
    pub fn subcommand(self) -> Option<(&'a str, Options<'a>)> {
        self.0.iter().find_map(|option| match &option.value {
            CommandDataOptionValue::SubCommand(inner) => Some((option.name.as_str(), Options(inner))),
            _ => None,
        })
    }

    fn find(self, name: &str) -> Option<&'a CommandDataOption> {
        self.0.iter().find(|option| option.name == name)
    }
}
