//! `/my-data`: what is kept about the member, and its removal.

use serenity::builder::CreateCommand;
use serenity::model::application::{CommandOptionType, CommandType};

use crate::discord::app::App;
use crate::discord::command::{Command, Input, Run, answered};
use crate::discord::interaction::context::InteractionContext;
use crate::discord::interaction::response::Response;
use crate::discord::message::body::Message;
use crate::discord::message::components::{Button, Row};
use crate::discord::message::custom_id::Action;
use crate::discord::message::locale;
use crate::store::UserId;
use crate::store::privacy::MemberData;

/// `/my-data`.
pub const COMMAND: Command = Command {
    name: "my-data",
    description: "See or delete what I keep about you",
    body,
    kind: CommandType::ChatInput,
    run: Run::Later(|app, input| answered(run(app, input))),
    suggest: None,
};

/// Most channels listed.
const CHANNELS: usize = 20;

fn body(command: CreateCommand) -> CreateCommand {
    command
        .add_option(locale::option(
            "my-data",
            CommandOptionType::SubCommand,
            "view",
            "Show what I keep about you",
        ))
        .add_option(locale::option(
            "my-data",
            CommandOptionType::SubCommand,
            "delete",
            "Delete all that I keep about you",
        ))
}

async fn run(app: &App, input: &Input<'_>) -> Response {
    match input.options().subcommand().map(|(name, _)| name) {
        Some("view") => view(app, input.call).await.into(),
        Some("delete") => forget(app, input.call).await.into(),
        _ => Response::private("Please choose /my-data view or /my-data delete."),
    }
}

async fn view(app: &App, call: &InteractionContext) -> Message {
    let talks = app.conversations().of_member(call.user, call.now);
    let written = match stored(app, call).await {
        Ok(written) => written,
        Err(refusal) => return refusal,
    };
    if talks.is_empty() && written.is_empty() {
        return Message::private(
            "I keep nothing about you at the moment. After a question I remember for 15 minutes what the answer was about; /privacy says more.",
        );
    }
    let mut text = String::new();
    if !talks.is_empty() {
        text.push_str(
            "I remember what your last answer was about in these places, in memory only:",
        );
    }
    for (channel, until) in talks.iter().take(CHANNELS) {
        text.push_str(&format!(
            "\n• <#{channel}>, until <t:{0}:t> (<t:{0}:R>)",
            until.as_second()
        ));
    }
    if talks.len() > CHANNELS {
        text.push_str(&format!("\n… and {} more", talks.len() - CHANNELS));
    }
    if !written.is_empty() {
        let gap = if text.is_empty() { "" } else { "\n" };
        text.push_str(&format!(
            "{gap}This is in my store, from all servers together:{written}"
        ));
    }
    let delete = Action::Forget
        .encode()
        .map(|id| Button::new(id, "Delete all of it"));
    Message {
        rows: vec![Row::Buttons(delete.into_iter().collect())].into(),
        ..Message::private(text)
    }
}

/// Forgets the member, and says so.
pub async fn forget(app: &App, call: &InteractionContext) -> Message {
    let talks = app.conversations().forget(call.user);
    let written = match app.store() {
        Some(store) => match store.delete_member(UserId::new(call.user.get())).await {
            Ok(before) => before,
            Err(error) => {
                tracing::error!(%error, "a member's data are not deleted");
                return Message::private(
                    "I have forgotten our talk, but my store did not let me delete what is kept there. Please try again in a minute.",
                );
            }
        },
        None => MemberData::default(),
    };
    match talks {
        0 if written == MemberData::default() => {
            Message::private("There was nothing to delete: I keep nothing about you at the moment.")
        }
        _ if written == MemberData::default() => {
            Message::private("Done. I have deleted all that I kept about you.")
        }
        _ if written
            == (MemberData {
                readers: written.readers,
                ..MemberData::default()
            }) =>
        {
            Message::private(
                "Done. I have deleted all that I kept about you, and send you no more direct messages about posts.",
            )
        }
        _ => Message::private(
            "Done. I have deleted all that I kept about you. What you did as a moderator stays for the server, without your name.",
        ),
    }
}

/// What the store holds on the member, a line each; empty when nothing.
async fn stored(app: &App, call: &InteractionContext) -> Result<String, Message> {
    let Some(store) = app.store() else {
        return Ok(String::new());
    };
    let data = store
        .member_data(UserId::new(call.user.get()))
        .await
        .map_err(|error| {
            tracing::error!(%error, "a member's data cannot be read");
            Message::private(
                "My store did not tell me what it holds about you. Please try again in a minute.",
            )
        })?;
    let lines = [
        (
            data.drafts,
            "drafts of summaries and files of entries that wait",
        ),
        (data.digests, "scheduled summaries that you made"),
        (data.postings, "posts that you made"),
        (
            data.publications,
            "posts that wait to be published, as you wanted",
        ),
        (
            data.entry_versions,
            "texts that you wrote or approved for a server",
        ),
        (
            data.credits,
            "messages of yours that a server's moderators keep as an entry",
        ),
        (
            data.readers,
            "topics of posts that I send you direct messages about",
        ),
        (data.audit, "entries of servers' logs that name you"),
    ];
    Ok(lines
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, what)| format!("\n• {what}: {number}"))
        .collect())
}
