//! What Discord says of the bot's set-up, held against what the bot needs: a line each, with what to fix.
//!
//! Reads and changes nothing. Knows nothing of terminals, nor of what is on this machine.

use serenity::builder::CreateCommand;
use serenity::model::Permissions;
use serenity::model::application::ApplicationFlags;
use serenity::model::id::{ApplicationId, UserId};

use crate::discord::api::client::{Error, Rest, WORTH_A_WORD, clock_words};
use crate::discord::api::model::{Application, Channel, Command, Server};
use crate::discord::api::permissions::{INVITED, POSTING, granted, missing};
use crate::discord::gateway::registration::{differing, with_others, written};

/// Servers looked at; each costs three calls.
const SERVERS: usize = 20;
/// Servers asked for: the most that Discord gives at once ("Get Current User Guilds").
const LISTED: usize = 200;
/// Names that a line holds at most.
const NAMED: usize = 5;

/// Flags of an application by which it is given privileged intents, in the full and in the small form.
const PRIVILEGED: &[(ApplicationFlags, &str)] = &[
    (
        ApplicationFlags::GATEWAY_PRESENCE.union(ApplicationFlags::GATEWAY_PRESENCE_LIMITED),
        "Presence Intent",
    ),
    (
        ApplicationFlags::GATEWAY_GUILD_MEMBERS
            .union(ApplicationFlags::GATEWAY_GUILD_MEMBERS_LIMITED),
        "Server Members Intent",
    ),
    (
        ApplicationFlags::GATEWAY_MESSAGE_CONTENT
            .union(ApplicationFlags::GATEWAY_MESSAGE_CONTENT_LIMITED),
        "Message Content Intent",
    ),
];

/// Where applications are set up.
const PORTAL: &str = "https://discord.com/developers/applications";

/// What one look came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at.
    pub what: &'static str,
    /// Whether nothing has to be fixed.
    pub fine: bool,
    /// What was found; where something has to be fixed, also how.
    pub says: String,
}

impl Finding {
    /// All is well.
    pub fn fine(what: &'static str, says: impl Into<String>) -> Self {
        Self {
            what,
            fine: true,
            says: says.into(),
        }
    }

    /// Something has to be fixed.
    pub fn wrong(what: &'static str, says: impl Into<String>) -> Self {
        Self {
            what,
            fine: false,
            says: says.into(),
        }
    }
}

/// Looks at everything that Discord tells. `key` is the public key that is set here, `wanted` the commands of this version.
pub async fn examine(rest: &Rest, key: Option<&str>, wanted: &[CreateCommand]) -> Vec<Finding> {
    let facts = match rest.application_facts().await {
        Ok(facts) => facts,
        Err(error) => return vec![token_trouble(&error)],
    };
    let name = facts.name.as_deref().unwrap_or("without a name");
    let mut found = vec![Finding::fine("token", "Discord takes it")];
    let Some(application) = facts.id else {
        found.push(Finding::wrong(
            "application",
            "Discord names none for this token: reset the token on the Bot page",
        ));
        return found;
    };
    found.push(Finding::fine(
        "application",
        format!("{name} ({application})"),
    ));
    found.push(Finding::fine("invitation", invitation(application)));
    found.push(public_key(&facts, key));
    found.push(endpoint(&facts, key));
    found.push(intents(&facts));
    found.push(logins(rest).await);
    found.push(commands(rest, application, wanted).await);
    found.extend(servers(rest, application).await);
    found.extend(clock(rest));
    found
}

/// This machine's clock against Discord's, whose time stands in each of its answers.
fn clock(rest: &Rest) -> Option<Finding> {
    let ahead = rest.clock_ahead()?;
    Some(match ahead.abs() {
        0..WORTH_A_WORD => Finding::fine("clock", "agrees with Discord's"),
        _ => Finding::wrong("clock", clock_words(ahead)),
    })
}

fn token_trouble(error: &Error) -> Finding {
    Finding::wrong(
        "token",
        match error {
            Error::NoToken => {
                format!(
                    "DISCORD_TOKEN is not set: copy the token from the Bot page of {PORTAL} into .env; nothing on Discord can be checked without it"
                )
            }
            Error::Refused { status: 401, .. } => {
                format!(
                    "Discord refuses it: press Reset Token on the Bot page of {PORTAL} and put the new one into DISCORD_TOKEN"
                )
            }
            other => format!("not known, {other}: check this machine's network and try again"),
        },
    )
}

fn public_key(facts: &Application, key: Option<&str>) -> Finding {
    let real = facts.verify_key.as_str();
    match key {
        None => Finding::fine("public key", "not set; only serve --http needs it"),
        Some(key) if key.eq_ignore_ascii_case(real) => {
            Finding::fine("public key", "it is the application's")
        }
        Some(_) => Finding::wrong(
            "public key",
            format!("DISCORD_PUBLIC_KEY is not this application's: set it to {real}"),
        ),
    }
}

/// With an address for interactions, Discord sends none over the gateway.
fn endpoint(facts: &Application, key: Option<&str>) -> Finding {
    let url = facts.interactions_endpoint_url.as_deref();
    match url.filter(|url| !url.is_empty()) {
        None => Finding::fine(
            "interactions",
            "they come over the gateway; no Interactions Endpoint URL is set",
        ),
        Some(url) if key.is_some() => Finding::fine(
            "interactions",
            format!("Discord posts them to {url}; serve --http has to answer there"),
        ),
        Some(url) => Finding::wrong(
            "interactions",
            format!(
                "Discord posts them to {url} and none to the gateway: clear Interactions Endpoint URL on the General Information page, or set DISCORD_PUBLIC_KEY and use serve --http"
            ),
        ),
    }
}

fn intents(facts: &Application) -> Finding {
    let on: Vec<&str> = PRIVILEGED
        .iter()
        .filter(|(either, _)| facts.flags.intersects(*either))
        .map(|(_, name)| *name)
        .collect();
    if on.is_empty() {
        return Finding::fine("intents", "no privileged one is needed, and none is on");
    }
    Finding::fine(
        "intents",
        format!(
            "no privileged one is needed; {} may be switched off on the Bot page",
            on.join(", ")
        ),
    )
}

async fn logins(rest: &Rest) -> Finding {
    match rest.gateway().await {
        Ok(gateway) if gateway.session_start_limit.remaining == 0 => {
            let minutes = gateway.session_start_limit.reset_after.div_ceil(60_000);
            Finding::wrong(
                "gateway",
                format!(
                    "no login is left for the next {minutes} min: find out what starts the bot again and again, and wait"
                ),
            )
        }
        Ok(gateway) => Finding::fine(
            "gateway",
            format!(
                "reachable; {} logins left, {} recommended",
                gateway.session_start_limit.remaining,
                if gateway.shards == 1 {
                    "1 shard".to_owned()
                } else {
                    format!("{} shards", gateway.shards)
                }
            ),
        ),
        Err(error) => Finding::wrong(
            "gateway",
            format!("{error}: try again, and check this machine's network"),
        ),
    }
}

async fn commands(rest: &Rest, application: ApplicationId, wanted: &[CreateCommand]) -> Finding {
    let what = "commands";
    let (there, ours) = match (rest.commands(application).await, written(wanted)) {
        (Ok(there), Ok(ours)) => (there, ours),
        (Err(error), _) => return Finding::wrong(what, format!("{error}: try again")),
        (_, Err(error)) => {
            return Finding::wrong(
                what,
                format!("this version's cannot be written down: {error}"),
            );
        }
    };
    let ours = with_others(&there, &ours);
    let names = differing(&there, &ours);
    if names.is_empty() {
        return Finding::fine(
            what,
            format!(
                "all {} are registered as this version has them",
                wanted.len()
            ),
        );
    }
    let has =
        |list: &[Command], name: &str| list.iter().any(|one| one.name.as_deref() == Some(name));
    let part = |label: &str, fits: &dyn Fn(&str) -> bool| {
        let names: Vec<&str> = names
            .iter()
            .map(String::as_str)
            .filter(|name| fits(name))
            .collect();
        (!names.is_empty()).then(|| format!("{label} {}", names.join(", ")))
    };
    let parts = [
        part("missing:", &|name| !has(&there, name)),
        part("different:", &|name| has(&there, name) && has(&ours, name)),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    Finding::wrong(
        what,
        format!(
            "{}; careerbot serve registers them at its start",
            parts.join("; ")
        ),
    )
}

async fn servers(rest: &Rest, application: ApplicationId) -> Vec<Finding> {
    let what = "servers";
    let bot = match rest.myself().await {
        Ok(bot) => bot,
        Err(error) => return vec![Finding::wrong(what, format!("{error}: try again"))],
    };
    let list = match rest.servers(LISTED).await {
        Ok(list) => list,
        Err(error) => return vec![Finding::wrong(what, format!("{error}: try again"))],
    };
    if list.is_empty() {
        return vec![Finding::fine(
            what,
            "in none yet: open the address of the invitation above",
        )];
    }
    let mut found = Vec::new();
    for server in list.iter().take(SERVERS) {
        found.push(one_server(rest, application, bot, server).await);
    }
    if list.len() > SERVERS {
        let more = if list.len() == LISTED {
            "more"
        } else {
            "the rest"
        };
        found.push(Finding::fine(
            what,
            format!("the first {SERVERS} were looked at; {more} can be checked there with /settings check"),
        ));
    }
    found
}

async fn one_server(
    rest: &Rest,
    application: ApplicationId,
    bot: UserId,
    server: &Server,
) -> Finding {
    let what = "server";
    let name = shown(server.name.as_deref().unwrap_or("without a name"));
    let Some(id) = server.id else {
        return Finding::wrong(
            what,
            format!("{name}: Discord does not say which it is: try again"),
        );
    };
    let all = server.permissions;
    let lacking = missing(
        INVITED,
        if all.contains(Permissions::ADMINISTRATOR) {
            Permissions::all()
        } else {
            all
        },
    );
    if !lacking.is_empty() {
        return Finding::wrong(
            what,
            format!(
                "{name}: my role lacks {}: switch it on under Server Settings, Roles, or invite me again with {}",
                lacking.join(", "),
                invitation(application)
            ),
        );
    }
    let asked = async {
        Ok::<_, Error>((
            rest.roles(id).await?,
            rest.member(id, bot).await?,
            rest.channels(id).await?,
        ))
    };
    let (roles, member, channels) = match asked.await {
        Ok(facts) => facts,
        Err(error) => return Finding::wrong(what, format!("{name}: {error}: try again")),
    };
    let written: Vec<&Channel> = channels.iter().filter(|one| one.is_text()).collect();
    let mut closed = Vec::new();
    let mut crippled = Vec::new();
    for channel in &written {
        let overwrites = &channel.permission_overwrites;
        let lacking = missing(POSTING, granted(&roles, &member, overwrites, id, bot));
        let channel = format!("#{}", shown(channel.name.as_deref().unwrap_or("?")));
        match lacking.as_slice() {
            [] => {}
            // Not to be let in at all is a decision; to be let in by halves seldom is.
            all if all.contains(&"View Channel") => closed.push(channel),
            some => crippled.push(format!("{channel} ({})", some.join(", "))),
        }
    }
    if !crippled.is_empty() {
        return Finding::wrong(
            what,
            format!(
                "{name}: I lack permissions in {}: give them to my role in the channel's settings, under Permissions",
                few(&crippled)
            ),
        );
    }
    if closed.len() == written.len() && !written.is_empty() {
        return Finding::wrong(
            what,
            format!(
                "{name}: I can see none of its channels: give my role View Channel where I am to answer"
            ),
        );
    }
    let open = written.len() - closed.len();
    let not_in = if closed.is_empty() {
        String::new()
    } else {
        format!(", not in {}", few(&closed))
    };
    Finding::fine(
        what,
        format!(
            "{name}: I may answer in {open} of {} channels{not_in}",
            written.len()
        ),
    )
}

/// The address by which somebody adds the bot to a server.
pub(crate) fn invitation(application: ApplicationId) -> String {
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}&scope=bot+applications.commands&permissions={}",
        INVITED.bits()
    )
}

/// A name that others chose, in one line and without what could steer a terminal.
fn shown(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(60).collect()
}

fn few(names: &[String]) -> String {
    let more = names.len().saturating_sub(NAMED);
    let named = names
        .iter()
        .take(NAMED)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    if more == 0 {
        named
    } else {
        format!("{named} and {more} more")
    }
}
