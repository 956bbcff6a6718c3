//! `/digest subscribe`: which role members take by a button below posts, for a topic or for all.

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
use crate::discord::message::body::Message;
use crate::discord::message::limits::CONTENT;
use crate::discord::message::line_budget::{LineBudget, RESERVE};
use crate::discord::message::locale;
use crate::discord::message::markdown::{escape, escape_to};
use crate::discord::moderation::access::Moderator;
use crate::discord::moderation::digests::schedule_options;
use crate::discord::moderation::permission_report::RoleCheck;
use crate::store::ServerRoleId;
use crate::store::subscriptions::{ALL, Subscription};

/// Most topics of a server with a role of their own.
const MOST: usize = 50;

/// The options, beside the topic.
pub(crate) fn options() -> [CreateCommandOption; 3] {
    let option =
        |kind, name, description| locale::option("digest subscribe", kind, name, description);
    [
        option(
            CommandOptionType::Role,
            "role",
            "The role that members take; without one I show what is set",
        ),
        option(
            CommandOptionType::Boolean,
            "mention",
            "Whether posts mention this role, and nobody else; not unless you say so",
        ),
        option(
            CommandOptionType::Boolean,
            "remove",
            "Offer no role for this topic any more",
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
    if options.flag("remove") == Some(true) {
        let done = store.drop_subscription(server, &word, user, now).await;
        let note = if done? {
            "Taken away: new posts have no such button, and those below older posts give nothing any more. Who has the role keeps it."
        } else {
            "Nothing was changed: there is no role for this."
        };
        return Ok(list(moderator, note).await?.into());
    }
    let Some(role) = options.role("role") else {
        return Ok(list(moderator, "").await?.into());
    };
    let known = store.subscriptions(server).await?;
    if known.len() >= MOST && known.iter().all(|one| one.topic != word) {
        return Err(HandlerError::private(format!(
            "Nothing was changed: {MOST} topics have a role of their own already. Take some away with remove: True."
        )));
    }
    if let Some(reason) = unfit(moderator, input, role) {
        return Err(HandlerError::private(format!(
            "Nothing was changed: <@&{role}> cannot be offered to members, because {reason}."
        )));
    }
    let wanted = Subscription {
        topic: word,
        role: ServerRoleId::new(role.get()),
        mention: options.flag("mention") == Some(true),
    };
    store.set_subscription(server, &wanted, user, now).await?;
    let shown = list(
        moderator,
        "Saved. Posts from now on have the button **Tell me of these**.",
    )
    .await?;
    let then = input.call.guild.filter(|_| app.posts()).map(|server| {
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

/// Every role with its topic, below a note.
async fn list(moderator: &Moderator<'_>, note: &str) -> Result<Message, HandlerError> {
    let all = moderator.store.subscriptions(moderator.server).await?;
    let mut lines = LineBudget::new(CONTENT - RESERVE);
    if !note.is_empty() {
        lines.push(note);
    }
    if all.is_empty() {
        lines.push("No role is offered below posts. /digest subscribe with a role offers one: for a topic, or without a topic for all posts.");
    } else {
        lines.push("**Roles that members take below posts**");
    }
    let line = |one: &Subscription| {
        let topic = match (one.topic.as_str(), Topic::parse(&one.topic)) {
            (ALL, _) => "all other posts".to_owned(),
            (_, Some(topic)) => escape_to(&topic.title(&moderator.knowledge), 100),
            (word, None) => escape(word),
        };
        let mention = if one.mention {
            "; posts mention it"
        } else {
            ""
        };
        // The role that everyone has bears the server's own id.
        match NonZeroU64::new(one.role.get()) {
            Some(role) => format!("• {topic}: <@&{role}>{mention}"),
            None => format!("• {topic}"),
        }
    };
    lines.push_all(all.iter().map(line), 0);
    Ok(Message::private(lines.text))
}
