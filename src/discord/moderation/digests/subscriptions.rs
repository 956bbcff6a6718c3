//! `/digest subscribe`: what members can take by a button below posts, for a topic or for all: a role, direct messages or both.

use std::num::NonZeroU64;

use serenity::builder::CreateCommandOption;
use serenity::model::application::CommandOptionType;
use serenity::model::id::RoleId;

use crate::digest::Topic;
use crate::discord::api::member_role;
use crate::discord::app::App;
use crate::discord::command::Input;
use crate::discord::interaction::context::Options;
use crate::discord::interaction::follow_up::FollowUp;
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::interaction::response::Response;
use crate::discord::members::{letters, subscribe};
use crate::discord::message::body::Message;
use crate::discord::message::limits::CONTENT;
use crate::discord::message::line_budget::{LineBudget, RESERVE};
use crate::discord::message::locale;
use crate::discord::message::markdown::{escape, escape_to};
use crate::discord::moderation::access::Moderator;
use crate::discord::moderation::digests::schedule_options;
use crate::discord::moderation::permission_report::RoleCheck;
use crate::store::ServerRoleId;
use crate::store::letters::MOST_READERS;
use crate::store::subscriptions::{ALL, Subscription};

/// Most topics of a server with something of their own.
const MOST: usize = 50;

/// The options, beside the topic.
pub(crate) fn options() -> [CreateCommandOption; 4] {
    let option =
        |kind, name, description| locale::option("digest subscribe", kind, name, description);
    [
        option(
            CommandOptionType::Role,
            "role",
            "The role that members take; without any choice I show what is set",
        ),
        option(
            CommandOptionType::Boolean,
            "direct",
            "Whether members can have me message them about such posts; not unless you say so",
        ),
        option(
            CommandOptionType::Boolean,
            "mention",
            "Whether posts mention this role, and nobody else; not unless you say so",
        ),
        option(
            CommandOptionType::Boolean,
            "remove",
            "Offer nothing for this topic any more; its direct messages end",
        ),
    ]
}

/// What the command does.
///
/// # Errors
/// The message to answer with when it cannot be done.
pub(crate) async fn command(
    app: &App,
    moderator: &Moderator<'_>,
    input: &Input<'_>,
    options: Options<'_>,
) -> Result<Response, HandlerError> {
    let topic = schedule_options::topic(moderator, options).await?;
    let word = topic.map_or_else(|| ALL.to_owned(), |topic| topic.to_string());
    let (store, server, user, now) = (
        moderator.store,
        moderator.server,
        moderator.user,
        moderator.now,
    );
    let known = store.subscriptions(server).await?;
    let before = known.iter().find(|one| one.topic == word);
    let (role, direct, mention) = (
        options.role("role"),
        options.flag("direct"),
        options.flag("mention"),
    );
    let remove = options.flag("remove") == Some(true);
    if !remove && role.is_none() && direct.is_none() && mention.is_none() {
        return Ok(list(moderator, "").await?.into());
    }
    let chosen = role.map(|role| ServerRoleId::new(role.get()));
    let wanted = Subscription {
        topic: word,
        role: chosen.or(before.and_then(|before| before.role)),
        // A new role is mentioned only where that is said anew.
        mention: mention
            .unwrap_or_else(|| role.is_none() && before.is_some_and(|before| before.mention)),
        direct: direct.unwrap_or_else(|| before.is_some_and(|before| before.direct)),
    };
    if remove || (wanted.role.is_none() && !wanted.direct) {
        if !remove && mention.is_some() {
            return Err(HandlerError::private(
                "Nothing was changed: there is no role for this that posts could mention. Choose one along with it.",
            ));
        }
        let done = store
            .drop_subscription(server, &wanted.topic, user, now)
            .await;
        let note = if done? {
            "Taken away: new posts have no such button, and those below older posts do nothing any more. Who has a role keeps it; nobody gets direct messages about this any more."
        } else {
            "Nothing was changed: nothing is offered for this."
        };
        return Ok(list(moderator, note).await?.into());
    }
    if before.is_none() && known.len() >= MOST {
        return Err(HandlerError::private(format!(
            "Nothing was changed: {MOST} topics have something of their own already. Take some away with remove: True."
        )));
    }
    if let Some(role) = role
        && let Some(reason) = unfit(moderator, input, role)
    {
        return Err(HandlerError::private(format!(
            "Nothing was changed: <@&{role}> cannot be offered to members, because {reason}."
        )));
    }
    if wanted.mention && wanted.role.is_none() {
        return Err(HandlerError::private(
            "Nothing was changed: there is no role for this that posts could mention. Choose one along with it.",
        ));
    }
    store.set_subscription(server, &wanted, user, now).await?;
    let shown = list(moderator, &saved(&wanted, before)).await?;
    let then = role
        .or(wanted.role.and_then(given).filter(|_| wanted.mention))
        .zip(input.call.guild.filter(|_| app.posts()))
        .map(|(role, server)| {
            FollowUp::task(RoleCheck {
                server,
                role,
                moderators: moderator.settings.moderator_role.map(|role| role.get()),
                mention: wanted.mention,
                shown: shown.clone(),
            })
        });
    Ok(Response {
        first: shown.into(),
        then: then.into_iter().collect(),
    })
}

/// What is said of what was saved.
fn saved(wanted: &Subscription, before: Option<&Subscription>) -> String {
    let labels = [
        wanted.role.map(|_| subscribe::LABEL),
        wanted.direct.then_some(letters::LABEL),
    ];
    let labels: Vec<String> = labels
        .into_iter()
        .flatten()
        .map(|label| format!("**{label}**"))
        .collect();
    let buttons = match labels.as_slice() {
        [one] => format!("the button {one}"),
        more => format!("the buttons {}", more.join(" and ")),
    };
    let ended = if before.is_some_and(|before| before.direct) && !wanted.direct {
        " Nobody gets direct messages about this any more."
    } else {
        ""
    };
    format!("Saved. Posts from now on have {buttons}.{ended}")
}

/// The role as Discord names it; `None` for the one that everyone has, which bears the server's own id.
fn given(role: ServerRoleId) -> Option<RoleId> {
    NonZeroU64::new(role.get()).map(RoleId::from)
}

/// Why members must not be offered a role, by what Discord sends along with the command.
fn unfit(moderator: &Moderator<'_>, input: &Input<'_>, role: RoleId) -> Option<&'static str> {
    let found = input.data.resolved.roles.get(&role);
    member_role::unfit(
        input.call.guild?,
        role,
        found.map(|found| found.permissions).unwrap_or_default(),
        found.is_some_and(|found| found.managed),
        moderator.settings.moderator_role.map(|role| role.get()),
    )
}

/// What is offered for each topic, below a note.
async fn list(moderator: &Moderator<'_>, note: &str) -> Result<Message, HandlerError> {
    let all = moderator.store.subscriptions(moderator.server).await?;
    let readers = moderator.store.readers(moderator.server).await?;
    let mut lines = LineBudget::new(CONTENT - RESERVE);
    if !note.is_empty() {
        lines.push(note);
    }
    if all.is_empty() {
        lines.push("Nothing is offered below posts. /digest subscribe with a role has members take it by a button; with direct: True they can have me message them. Name a topic for its posts alone, or none for all posts.");
    } else {
        lines.push("**What members take below posts**");
    }
    let line = |one: &Subscription| {
        let topic = match (one.topic.as_str(), Topic::parse(&one.topic)) {
            (ALL, _) if all.len() == 1 => "all posts".to_owned(),
            (ALL, _) => "all other posts".to_owned(),
            (_, Some(topic)) => escape_to(&topic.title(&moderator.knowledge), 100),
            (word, None) => escape(word),
        };
        let reading = readers.iter().find(|found| found.topic == one.topic);
        let reading = reading.map_or(0, |found| found.members);
        let parts = [
            one.role.and_then(given).map(|role| format!("<@&{role}>")),
            one.mention.then(|| "posts mention it".to_owned()),
            one.direct
                .then(|| format!("direct messages ({reading} of at most {MOST_READERS} members)")),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        format!("• {topic}: {}", parts.join("; "))
    };
    lines.push_all(all.iter().map(line), 0);
    Ok(Message::private(lines.text))
}
