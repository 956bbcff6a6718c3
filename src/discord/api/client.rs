//! Calls to Discord's REST API: one client, one policy of waiting, retrying and giving up.
//!
//! serenity names the routes and builds the requests; they are sent from here, because its own rate limiter ignores a test base
//! and its errors hide `Retry-After`. With a test base, nothing leaves it: proxies and redirects are off and each address is compared.
//! Knows nothing of what is sent.

pub use crate::discord::api::clock::{WORTH_A_WORD, words as clock_words};
pub use crate::discord::api::error::Error;

use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;
use serenity::builder::CreateAttachment;
use serenity::http::{LightMethod, Route};
use serenity::model::id::{ApplicationId, ChannelId, GuildId, InteractionId, RoleId, UserId};
use tokio::time::Instant;
use tracing::debug;

use crate::config::Config;
use crate::discord::api::error_code::ErrorCode;
use crate::discord::api::model::{Application, Channel, Command, Identified, Member, Role, Server};
use crate::discord::api::transport::{Call, Transport};

pub(crate) use crate::discord::api::transport::CALL_TIME;

/// How long after an interaction its first response may still be sent. Discord allows 3 s ("Interaction callback" in its
/// documentation); the rest is left for the way there.
pub const RESPONSE_TIME: Duration = Duration::from_millis(2_500);

/// Where the bot finds its gateway, and how many connections Discord wants.
#[derive(Debug, Clone, Deserialize)]
pub struct GatewayBot {
    /// Address of the WebSocket.
    pub url: String,
    /// Recommended number of shards, at least 1.
    pub shards: u32,
    /// How many logins are left.
    pub session_start_limit: SessionLimit,
}

/// How many times the bot may still log in.
#[derive(Debug, Clone, Deserialize)]
pub struct SessionLimit {
    /// Logins left.
    pub remaining: u32,
    /// Milliseconds until the number is full again.
    pub reset_after: u64,
    /// How many shards may log in at once.
    #[serde(default = "one")]
    pub max_concurrency: u32,
}

fn one() -> u32 {
    1
}

/// The REST API of the real Discord or of a test base.
pub struct Rest {
    pub(super) wire: Arc<Transport>,
    patience: Duration,
}

/// How long a call may be held back whose caller has others to look after and comes again by itself.
const HASTE: Duration = Duration::from_secs(5);

impl Rest {
    /// A client for the token and the base of the configuration. Without a token it can still answer interactions: those calls
    /// carry a token of their own.
    ///
    /// # Errors
    /// When the client cannot be set up.
    pub fn new(config: &Config) -> Result<Self, Error> {
        let what = "setting up HTTP";
        let failed = |reason: String| Error::NotSent { what, reason };
        let mut client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(5));
        if config.discord_api.is_some() {
            client = client.no_proxy();
        }
        let base = config
            .discord_api
            .as_deref()
            .map(Url::parse)
            .transpose()
            .map_err(|error| failed(error.to_string()))?;
        let client = client.build().map_err(|error| failed(error.to_string()))?;
        Ok(Self {
            wire: Arc::new(Transport::new(client, config.token.clone(), base)),
            patience: CALL_TIME,
        })
    }

    /// The same for calls that are given up when Discord holds them back for more than a few seconds ([`Error::Held`]).
    pub fn hasty(&self) -> Self {
        Self {
            wire: self.wire.clone(),
            patience: HASTE,
        }
    }

    /// Why nothing at all is sent to Discord at this moment, and for how long, where that is so.
    pub fn banned(&self) -> Option<(Duration, String)> {
        let until = self.wire.banned()?;
        Some((
            until.opens.saturating_duration_since(Instant::now()),
            until.said.message,
        ))
    }

    /// Makes a call and reads what Discord answers.
    pub(super) async fn call<T: DeserializeOwned>(&self, call: Call<'_>) -> Result<T, Error> {
        let what = call.what;
        let call = Call {
            patience: self.patience,
            ..call
        };
        let value = self.wire.call(call).await?;
        serde_json::from_value(value).map_err(|error| Error::Unreadable {
            what,
            reason: error.to_string(),
        })
    }

    /// Makes a call of which nothing is read but that it was done.
    pub(super) async fn done(&self, call: Call<'_>) -> Result<(), Error> {
        self.call::<IgnoredAny>(call).await.map(drop)
    }

    /// Makes a call and reads the id in its answer; `of` says whose it is.
    pub(super) async fn id<T: DeserializeOwned>(
        &self,
        of: &str,
        call: Call<'_>,
    ) -> Result<T, Error> {
        let what = call.what;
        let answer: Value = self.call(call).await?;
        match serde_json::from_value(answer) {
            Ok(Identified { id }) => Ok(id),
            Err(_) => Err(Error::Unreadable {
                what,
                reason: format!("no {of} id in it"),
            }),
        }
    }

    /// The token as the gateway wants it; empty where there is none.
    pub(crate) fn login_token(&self) -> SecretString {
        let token = self
            .wire
            .token
            .as_ref()
            .map_or("", |token| token.expose_secret());
        SecretString::from(token.trim_start_matches("Bot "))
    }

    /// Whether a gateway at this address may be connected to: on this machine with a test base, else encrypted.
    pub(crate) fn may_connect(&self, address: &str) -> bool {
        Url::parse(address).is_ok_and(|url| {
            if self.is_test() {
                is_loopback(&url)
            } else {
                url.scheme() == "wss"
            }
        })
    }

    /// Whether this speaks to a test base.
    pub fn is_test(&self) -> bool {
        self.wire.base.is_some()
    }

    /// The application that the token belongs to.
    ///
    /// # Errors
    /// As every call.
    pub async fn application(&self) -> Result<ApplicationId, Error> {
        let call = Call::new(
            "asking for the application",
            LightMethod::Get,
            Route::Oauth2ApplicationCurrent,
        );
        self.id("application", call).await
    }

    /// What Discord tells of the application: its name, public key, flags and address.
    ///
    /// # Errors
    /// As every call.
    pub async fn application_facts(&self) -> Result<Application, Error> {
        self.call(Call::new(
            "asking for the application",
            LightMethod::Get,
            Route::Oauth2ApplicationCurrent,
        ))
        .await
    }

    /// The servers that the bot is in, `limit` of them (at most 200), with what its roles allow it in each.
    ///
    /// # Errors
    /// As every call.
    pub async fn servers(&self, limit: usize) -> Result<Vec<Server>, Error> {
        let mut call = Call::new(
            "asking for the servers",
            LightMethod::Get,
            Route::UserMeGuilds,
        );
        call.params = Some(vec![("limit", limit.to_string())]);
        self.call(call).await
    }

    /// The channels of a server that the bot knows of.
    ///
    /// # Errors
    /// As every call.
    pub async fn channels(&self, guild_id: GuildId) -> Result<Vec<Channel>, Error> {
        self.call(Call::new(
            "asking for a server's channels",
            LightMethod::Get,
            Route::GuildChannels { guild_id },
        ))
        .await
    }

    /// Where the gateway is.
    ///
    /// # Errors
    /// As every call, and when a test base names a gateway that is not on this machine, or the real one no encrypted gateway.
    pub async fn gateway(&self) -> Result<GatewayBot, Error> {
        let call = Call::new(
            "asking for the gateway",
            LightMethod::Get,
            Route::GatewayBot,
        );
        let what = call.what;
        let gateway: GatewayBot = self.call(call).await?;
        let url = Url::parse(&gateway.url).map_err(|error| Error::Unreadable {
            what,
            reason: error.to_string(),
        })?;
        if !self.may_connect(&gateway.url) {
            let reason = format!(
                "the gateway {} is not {}",
                url.host_str().unwrap_or("without a host"),
                if self.is_test() {
                    "on this machine"
                } else {
                    "encrypted"
                }
            );
            return Err(Error::NotSent { what, reason });
        }
        Ok(gateway)
    }

    /// The global commands as Discord has them, translations included.
    ///
    /// # Errors
    /// As every call.
    pub async fn commands(&self, application_id: ApplicationId) -> Result<Vec<Command>, Error> {
        let mut call = Call::new(
            "reading the registered commands",
            LightMethod::Get,
            Route::Commands { application_id },
        );
        call.params = Some(vec![("with_localizations", "true".to_owned())]);
        self.call(call).await
    }

    /// The user that the bot is.
    ///
    /// # Errors
    /// As every call.
    pub async fn myself(&self) -> Result<UserId, Error> {
        let call = Call::new("asking for the bot's user", LightMethod::Get, Route::UserMe);
        self.id("user", call).await
    }

    /// The roles of a server.
    ///
    /// # Errors
    /// As every call.
    pub async fn roles(&self, guild_id: GuildId) -> Result<Vec<Role>, Error> {
        self.call(Call::new(
            "asking for a server's roles",
            LightMethod::Get,
            Route::GuildRoles { guild_id },
        ))
        .await
    }

    /// A member of a server.
    ///
    /// # Errors
    /// As every call.
    pub async fn member(&self, guild_id: GuildId, user_id: UserId) -> Result<Member, Error> {
        self.call(Call::new(
            "asking for a member",
            LightMethod::Get,
            Route::GuildMember { guild_id, user_id },
        ))
        .await
    }

    /// Gives a member a role, or takes it from them. Twice does no harm.
    ///
    /// # Errors
    /// As every call.
    pub async fn set_member_role(
        &self,
        guild_id: GuildId,
        user_id: UserId,
        role_id: RoleId,
        given: bool,
    ) -> Result<(), Error> {
        let route = Route::GuildMemberRole {
            guild_id,
            user_id,
            role_id,
        };
        let (what, method) = if given {
            ("giving a role", LightMethod::Put)
        } else {
            ("taking a role", LightMethod::Delete)
        };
        let call = Call {
            repeatable: true,
            ..Call::new(what, method, route)
        };
        self.done(call).await
    }

    /// The channel of the direct messages with a user, opened where there was none. Twice gives the same.
    ///
    /// # Errors
    /// As every call.
    pub async fn room_with(&self, user_id: UserId) -> Result<ChannelId, Error> {
        let call = Call {
            repeatable: true,
            ..Call::new(
                "opening direct messages",
                LightMethod::Post,
                Route::UserMeDmChannels,
            )
        };
        let body = serde_json::json!({"recipient_id": user_id.to_string()});
        self.id("channel", call.body(body, Vec::new())).await
    }

    /// A channel.
    ///
    /// # Errors
    /// As every call.
    pub async fn channel(&self, channel_id: ChannelId) -> Result<Channel, Error> {
        self.call(Call::new(
            "asking for a channel",
            LightMethod::Get,
            Route::Channel { channel_id },
        ))
        .await
    }

    /// Replaces the global commands.
    ///
    /// # Errors
    /// As every call.
    pub async fn set_commands(
        &self,
        application_id: ApplicationId,
        commands: &[Command],
    ) -> Result<(), Error> {
        let call = Call::new(
            "registering the commands",
            LightMethod::Put,
            Route::Commands { application_id },
        );
        let body = serde_json::to_value(commands).map_err(|error| Error::NotSent {
            what: call.what,
            reason: error.to_string(),
        })?;
        self.done(call.body(body, Vec::new())).await
    }

    /// Gives the first response to an interaction, by `until` or not at all. An interaction that has been answered before counts as
    /// answered: Discord takes one response only, so that trying twice does no harm.
    ///
    /// # Errors
    /// As every call.
    pub async fn respond(
        &self,
        interaction_id: InteractionId,
        token: &str,
        body: Value,
        files: Vec<CreateAttachment>,
        until: Instant,
    ) -> Result<(), Error> {
        let call = Call::new(
            "responding to an interaction",
            LightMethod::Post,
            Route::InteractionResponse {
                interaction_id,
                token,
            },
        );
        let call = Call {
            repeatable: true,
            until,
            ..call.body(body, files)
        };
        match self.done(call).await {
            Err(Error::Refused {
                code: ErrorCode::ALREADY_ACKNOWLEDGED,
                ..
            }) => {
                debug!(interaction = %interaction_id, "acknowledged before");
                Ok(())
            }
            done => done,
        }
    }

    /// Sends a follow-up. It is not tried again when it is unknown whether it was sent: twice is worse than not.
    ///
    /// # Errors
    /// As every call.
    pub async fn follow_up(
        &self,
        application_id: ApplicationId,
        token: &str,
        body: Value,
        files: Vec<CreateAttachment>,
    ) -> Result<(), Error> {
        let call = Call::new(
            "sending a follow-up",
            LightMethod::Post,
            Route::WebhookFollowupMessages {
                application_id,
                token,
            },
        );
        self.done(call.body(body, files)).await
    }

    /// Replaces the first response.
    ///
    /// # Errors
    /// As every call.
    pub async fn edit(
        &self,
        application_id: ApplicationId,
        token: &str,
        body: Value,
        files: Vec<CreateAttachment>,
    ) -> Result<(), Error> {
        let call = Call::new(
            "editing a response",
            LightMethod::Patch,
            Route::WebhookOriginalInteractionResponse {
                application_id,
                token,
            },
        );
        self.done(call.body(body, files)).await
    }

    /// How far this machine's clock is ahead of Discord's, in seconds; `None` while no answer of Discord has told.
    pub fn clock_ahead(&self) -> Option<i64> {
        self.wire.clock.ahead()
    }
}

fn is_loopback(url: &Url) -> bool {
    url.host_str()
        .and_then(|host| {
            host.trim_matches(['[', ']'])
                .parse::<std::net::IpAddr>()
                .ok()
        })
        .is_some_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_this_machine_are_loopback() {
        let check = |url: &str| is_loopback(&Url::parse(url).expect("an address"));
        assert!(check("ws://127.0.0.1:80") && check("ws://[::1]:80"));
        assert!(
            !check("wss://gateway.discord.gg")
                && !check("ws://127.0.0.1.example.org")
                && !check("ws://localhost.example.org")
        );
    }
}
