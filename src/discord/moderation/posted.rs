//! A message that a moderator has chosen from its Apps menu: what it says, who wrote it, and where it is.

use std::borrow::Cow;

use serenity::model::application::{CommandType, ResolvedTarget};
use serenity::model::channel::Message as Posted;

use crate::discord::app::App;
use crate::discord::command::{Command, Input, Run, for_moderators};
use crate::discord::interaction::context::InteractionContext;
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::moderation::access::{self, Moderator};
use crate::store::{ChannelId, MessageId, UserId, credits::Origin};

/// A command for moderators in that menu.
pub(crate) const fn command(name: &'static str, run: Run) -> Command {
    Command {
        name,
        description: "",
        body: for_moderators,
        kind: CommandType::Message,
        run,
        suggest: None,
    }
}

/// The moderator who ran such a command, and the message that it was run on; `instead` is what to do without one.
pub(crate) async fn chosen<'a>(
    app: &'a App,
    input: &Input<'a>,
    name: &str,
    instead: &str,
) -> Result<(Moderator<'a>, &'a Posted), HandlerError> {
    let moderator = access::check(app, input.call, name).await?;
    match input.data.target() {
        Some(ResolvedTarget::Message(message)) => Ok((moderator, message)),
        _ => Err(HandlerError::private(format!(
            "I cannot see that message. It may be deleted; you can {instead}."
        ))),
    }
}

/// What a message says: its own text and that of its embeds, as a feed's bot posts them.
pub(crate) fn text(message: &Posted) -> String {
    let embeds = message.embeds.iter().flat_map(|embed| {
        [embed.title.as_deref(), embed.description.as_deref()]
            .into_iter()
            .flatten()
    });
    let parts: Vec<&str> = std::iter::once(message.content.as_str())
        .chain(embeds)
        .collect();
    parts.join("\n\n")
}

/// Where it is from. An app, and whatever speaks through a webhook, is nobody who could be named.
pub(crate) fn origin(message: &Posted) -> Origin {
    let app = message.author.bot || message.webhook_id.is_some();
    Origin {
        channel: ChannelId::new(message.channel_id.get()),
        message: MessageId::new(message.id.get()),
        author: if app {
            UserId::NOBODY
        } else {
            UserId::new(message.author.id.get())
        },
    }
}

/// The address of a message of the server that a call comes from.
pub(crate) fn link(call: &InteractionContext, origin: &Origin) -> String {
    let server = call.guild.map(|id| id.to_string()).unwrap_or_default();
    address(&server, origin)
}

/// The address of a message of that server.
pub(crate) fn address(server: &str, origin: &Origin) -> String {
    format!(
        "https://discord.com/channels/{server}/{}/{}",
        origin.channel, origin.message
    )
}

/// What stands in a text in place of what Discord makes a name of: whoever is spoken of in a message has not agreed to be
/// named elsewhere.
const UNNAMED: &[(&str, &str)] = &[
    ("@&", "@role"),
    ("@!", "@member"),
    ("@", "@member"),
    ("#", "#channel"),
];

/// A text without the marks by which Discord shows the names of members, roles, channels and pictures.
pub(crate) fn unnamed(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let (before, mark) = rest.split_at(start);
        plain.push_str(before);
        let end = mark.find('>');
        match end.and_then(|end| Some((end, spoken(&mark[1..end])?))) {
            Some((end, name)) => {
                plain.push_str(&name);
                rest = &mark[end + 1..];
            }
            None => {
                plain.push('<');
                rest = &mark[1..];
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// What is said for the inside of a mark; `None` where it is none. Source: Discord documentation, "Message Formatting".
fn spoken(mark: &str) -> Option<Cow<'static, str>> {
    let digits = |id: &str| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit());
    let known = UNNAMED
        .iter()
        .find(|(begins, _)| mark.strip_prefix(begins).is_some_and(digits));
    if let Some((_, word)) = known {
        return Some(Cow::Borrowed(*word));
    }
    let picture = mark.strip_prefix("a:").or_else(|| mark.strip_prefix(':'))?;
    let (name, id) = picture.split_once(':')?;
    digits(id).then(|| Cow::Owned(format!(":{name}:")))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nobody_who_is_spoken_of_is_named() {
        for (text, plain) in [
            (
                "Ask <@123> or <@!4>, <@&5> in <#6>.",
                "Ask @member or @member, @role in #channel.",
            ),
            ("Well done <:clap:77> <a:wave:8>", "Well done :clap: :wave:"),
            (
                "pay < 40k, <b>, <@x>, <#>, <",
                "pay < 40k, <b>, <@x>, <#>, <",
            ),
            ("see <https://example.org/a>", "see <https://example.org/a>"),
            ("<<@1>", "<@member"),
        ] {
            assert_eq!(unnamed(text), plain);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "(\\PC|[<>@&#!:a0]){0,200}") {
            let plain = unnamed(&text);
            prop_assert!(plain.len() <= text.len() * 4);
        }
    }
}
