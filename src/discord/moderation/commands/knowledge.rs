//! `/knowledge`: what a server's moderators write themselves. For moderators.
//!
//! Knows the options and the words around them; forms, previews and approvals are kept in `authoring`.

use std::time::Duration;

use serenity::builder::CreateCommand;
use serenity::model::application::{CommandDataOptionValue, CommandOptionType, CommandType};

use crate::discord::app::App;
use crate::discord::command::{Command, Input, Run, Suggest, for_moderators};
use crate::discord::interaction::context::Options;
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::interaction::response::{InitialResponse, Response, Suggestion};
use crate::discord::message::locale;
use crate::discord::moderation::access::{self, Moderator};
use crate::discord::moderation::entries::{act, form, history, import, list};
use crate::discord::state::server_settings;

/// `/knowledge`.
pub const COMMAND: Command = Command {
    name: "knowledge",
    description: "For moderators: what I know in this server alone",
    body,
    kind: CommandType::ChatInput,
    run: Run::Later(|app, input| Box::pin(run(app, input))),
    suggest: Some(Suggest::Later(|app, input, typed| {
        Box::pin(titles(app, input, typed))
    })),
};

/// How long suggestions may be waited for; a member who types does not wait longer.
const PATIENCE: Duration = Duration::from_millis(800);

fn body(command: CreateCommand) -> CreateCommand {
    let sub = |name, description| {
        locale::option(
            "knowledge",
            CommandOptionType::SubCommand,
            name,
            description,
        )
    };
    let one = |name: &'static str, description| {
        let entry = locale::option(
            &format!("knowledge {name}"),
            CommandOptionType::String,
            "entry",
            "Start typing its title and choose",
        );
        sub(name, description).add_sub_option(entry.required(true).set_autocomplete(true))
    };
    let version = locale::option(
        "knowledge restore",
        CommandOptionType::Integer,
        "version",
        "Number from its history; else I show the history",
    );
    let file = locale::option(
        "knowledge import",
        CommandOptionType::Attachment,
        "file",
        "Each entry: a line \"# Title\", \"source:\", \"review:\", an empty line, its text",
    );
    for_moderators(command)
        .add_option(sub(
            "add",
            "Write an entry; nobody sees it before it is approved",
        ))
        .add_option(one(
            "edit",
            "Edit an entry; what is live stays until the new version is approved",
        ))
        .add_option(one("remove", "Remove an entry; it can be restored"))
        .add_option(sub(
            "list",
            "All entries of this server: open, approve, edit",
        ))
        .add_option(one("history", "All versions of an entry"))
        .add_option(
            one(
                "restore",
                "Make a draft of an old version, or of a removed entry",
            )
            .add_sub_option(version.min_int_value(1)),
        )
        .add_option(
            sub("import", "Make drafts of a markdown file, 256 KB at most")
                .add_sub_option(file.required(true)),
        )
}

async fn run(app: &App, input: &Input<'_>) -> Result<Response, HandlerError> {
    let Some((name, options)) = input.options().subcommand() else {
        return Err(HandlerError::private(
            "Please choose /knowledge add, edit, remove, list, history, restore or import.",
        ));
    };
    let moderator = access::check(app, input.call, &format!("/knowledge {name}")).await?;
    if name == "import" {
        return match attached(input, "file") {
            Some(file) => Ok(import::begin(app, &moderator, file)),
            None => Err(HandlerError::private(
                "Please send a markdown file with the command.",
            )),
        };
    }
    only(&moderator, name, options).await.map(Response::from)
}

async fn only(
    moderator: &Moderator<'_>,
    name: &str,
    options: Options<'_>,
) -> Result<InitialResponse, HandlerError> {
    let broken = || {
        HandlerError::private(
            "I do not know this part of /knowledge. Reload Discord and try again.",
        )
    };
    match name {
        "add" => {
            act::room(moderator, 1).await?;
            let today = moderator
                .now
                .to_zoned(moderator.settings.time_zone())
                .date();
            return form::new("", today, None)
                .map(InitialResponse::Form)
                .ok_or_else(broken);
        }
        "list" => {
            return list::page(moderator, 0, false)
                .await
                .map(InitialResponse::Message);
        }
        _ => {}
    }
    let typed = options.text("entry").unwrap_or_default();
    let entry = list::named(moderator, typed).await?;
    match name {
        "edit" => act::open(moderator, entry).await,
        "remove" => act::ask_to_remove(moderator, entry)
            .await
            .map(InitialResponse::Message),
        "history" => history::page(moderator, entry, 0)
            .await
            .map(InitialResponse::Message),
        "restore" => match options.number("version") {
            Some(version) => act::restore(moderator, entry, version)
                .await
                .map(InitialResponse::Message),
            None => history::page(moderator, entry, 0)
                .await
                .map(InitialResponse::Message),
        },
        _ => Err(broken()),
    }
}

/// The file that was sent along in an option of a subcommand.
pub(crate) fn attached(input: &Input<'_>, name: &str) -> Option<import::Attached> {
    let option = input.data.options.first()?;
    let CommandDataOptionValue::SubCommand(options) = &option.value else {
        return None;
    };
    let id = options.iter().find_map(|option| match option.value {
        CommandDataOptionValue::Attachment(id) if option.name == name => Some(id),
        _ => None,
    })?;
    let file = input.data.resolved.attachments.get(&id)?;
    Some(import::Attached {
        name: file.filename.clone(),
        size: u64::from(file.size),
        url: file.url.clone(),
    })
}

/// Titles that complete what was typed, of this server alone and for its moderators alone.
async fn titles(app: &App, input: &Input<'_>, typed: &str) -> Vec<Suggestion> {
    let (Some(store), Some(guild)) = (app.store(), input.call.server()) else {
        return Vec::new();
    };
    let settings = app.server_settings(input.call).await.settings;
    if !access::may(input.call, &settings) {
        return Vec::new();
    }
    match tokio::time::timeout(PATIENCE, store.entry_lines(server_settings::id(guild))).await {
        Ok(Ok(lines)) => list::suggestions(&lines, typed),
        Ok(Err(error)) => {
            tracing::warn!(%error, "entries are not suggested");
            Vec::new()
        }
        Err(_) => Vec::new(),
    }
}
