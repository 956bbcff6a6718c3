//! `/trend-draft`: an article becomes the draft of a trend of this server. For moderators.
//!
//! Knows the options and the words around them; what is done with a draft stands in `entries`.

use serenity::builder::CreateCommand;
use serenity::model::application::{CommandOptionType, CommandType};

use crate::discord::app::App;
use crate::discord::command::{Command, Input, Run, Suggest, for_moderators};
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::interaction::response::{InitialResponse, Response, Suggestion};
use crate::discord::message::limits::{CHOICE, CHOICES};
use crate::discord::message::locale;
use crate::discord::message::markdown::truncate;
use crate::discord::moderation::access;
use crate::discord::moderation::commands::knowledge::attached;
use crate::discord::moderation::entries::{act, bring_in, form, list};
use crate::discord::moderation::news;

/// `/trend-draft`.
pub const COMMAND: Command = Command {
    name: "trend-draft",
    description: "For moderators: make a trend of this server from an article",
    body,
    kind: CommandType::ChatInput,
    run: Run::Later(|app, input| Box::pin(run(app, input))),
    suggest: Some(Suggest::Now(|app, _, _, typed| feeds(app, typed))),
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
    let feed = |name, description| {
        locale::option(
            "trend-draft feeds",
            CommandOptionType::String,
            name,
            description,
        )
        .set_autocomplete(true)
    };
    for_moderators(command)
        .add_option(
            sub(
                "add",
                "Bring in an article; nobody sees it before it is approved",
            )
            .add_sub_option(file),
        )
        .add_option(sub("list", "This server's own trends: open, approve, edit"))
        .add_option(
            sub("feeds", "News in the log channel, to draft trends from")
                .add_sub_option(feed("subscribe", "Hear of this feed's news from now on"))
                .add_sub_option(feed("unsubscribe", "Hear no more of this feed")),
        )
}

async fn run(app: &App, input: &Input<'_>) -> Result<Response, HandlerError> {
    let Some((name, options)) = input.options().subcommand() else {
        return Err(HandlerError::private(
            "Please choose /trend-draft add, list or feeds.",
        ));
    };
    let moderator = access::check(app, input.call, &format!("/trend-draft {name}")).await?;
    if name == "list" {
        return list::page(&moderator, 0, true).await.map(Response::from);
    }
    if name == "feeds" {
        let changes = [("subscribe", true), ("unsubscribe", false)];
        let wanted: Vec<(&str, bool)> = changes
            .into_iter()
            .filter_map(|(option, on)| Some((options.text(option)?, on)))
            .collect();
        let done = match wanted.as_slice() {
            [] => news::list(&moderator, app.feeds(), "").await,
            [(feed, on)] => news::switch(&moderator, app.feeds(), feed, *on).await,
            _ => Err(HandlerError::private(
                "Nothing was changed: choose subscribe or unsubscribe, one at a time.",
            )),
        };
        return done.map(Response::from);
    }
    act::room(&moderator, 1).await?;
    if let Some(file) = attached(input, "file") {
        return Ok(bring_in::begin(app, &moderator, file));
    }
    form::bring_in()
        .map(|form| InitialResponse::Form(form).into())
        .ok_or_else(|| {
            HandlerError::private("The form cannot be shown. Send the article as a file.")
        })
}

/// The feeds that fit what was typed. One whose address is too long for a choice goes by its number.
fn feeds(app: &App, typed: &str) -> Vec<Suggestion> {
    let typed = typed.trim().to_lowercase();
    let all = app.feeds().addresses.iter().enumerate();
    let fits = all.filter(|(_, address)| address.to_lowercase().contains(&typed));
    let choices = fits.map(|(place, address)| Suggestion {
        name: truncate(address, CHOICE),
        value: if address.len() <= CHOICE {
            address.clone()
        } else {
            (place + 1).to_string()
        },
    });
    choices.take(CHOICES).collect()
}
