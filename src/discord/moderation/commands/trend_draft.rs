//! `/trend-draft`: an article becomes the draft of a trend of this server. For moderators.
//!
//! Knows the options and the words around them; what is done with a draft stands in `entries`.

use serenity::builder::CreateCommand;
use serenity::model::application::{CommandOptionType, CommandType};

use crate::discord::app::App;
use crate::discord::command::{Command, Input, Run, for_moderators};
use crate::discord::interaction::response::{InitialResponse, Response};
use crate::discord::message::body::Message;
use crate::discord::message::locale;
use crate::discord::moderation::access;
use crate::discord::moderation::commands::knowledge::attached;
use crate::discord::moderation::entries::{act, bring_in, form, list};

/// `/trend-draft`.
pub const COMMAND: Command = Command {
    name: "trend-draft",
    description: "For moderators: make a trend of this server from an article",
    body,
    kind: CommandType::ChatInput,
    run: Run::Later(|app, input| Box::pin(run(app, input))),
    suggest: None,
};

fn body(command: CreateCommand) -> CreateCommand {
    let sub = |name, description| {
        locale::option(
            "trend-draft",
            CommandOptionType::SubCommand,
            name,
            description,
        )
    };
    let file = locale::option(
        "trend-draft add",
        CommandOptionType::Attachment,
        "file",
        "The article as .txt, .md or .html, 1 MB at most; else a form to paste it into",
    );
    for_moderators(command)
        .add_option(
            sub(
                "add",
                "Bring in an article; nobody sees it before it is approved",
            )
            .add_sub_option(file),
        )
        .add_option(sub("list", "This server's own trends: open, approve, edit"))
}

async fn run(app: &App, input: &Input<'_>) -> Response {
    let Some((name, _)) = input.options().subcommand() else {
        return Response::private("Please choose /trend-draft add or list.");
    };
    let moderator = match access::check(app, input.call, &format!("/trend-draft {name}")).await {
        Ok(moderator) => moderator,
        Err(refusal) => return refusal.into(),
    };
    let done = async {
        if name == "list" {
            return list::page(&moderator, 0, true).await.map(Response::from);
        }
        act::room(&moderator, 1).await?;
        if let Some(file) = attached(input, "file") {
            return Ok(bring_in::begin(app, &moderator, file));
        }
        form::bring_in()
            .map(|form| InitialResponse::Form(form).into())
            .ok_or_else(|| {
                Message::private("The form cannot be shown. Send the article as a file.")
            })
    };
    done.await.unwrap_or_else(Response::from)
}
