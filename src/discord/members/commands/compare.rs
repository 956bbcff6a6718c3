//! `/compare`: two or three roles side by side.

use serenity::builder::CreateCommand;
use serenity::model::application::{CommandOptionType, CommandType};

use crate::advisor::Kind;
use crate::answer::SubjectKind;
use crate::discord::app::App;
use crate::discord::command::{Command, Input, Run, Suggest, answered, suggestions};
use crate::discord::interaction::response::Response;
use crate::discord::members::ask::count_command;
use crate::discord::members::commands::role;
use crate::discord::members::{answer_view, charts};
use crate::discord::message::locale;
use crate::knowledge::language::Label;

/// `/compare`.
pub const COMMAND: Command = Command {
    name: "compare",
    description: "Two or three roles side by side",
    body,
    kind: CommandType::ChatInput,
    run: Run::Later(|app, input| answered(run(app, input))),
    suggest: Some(Suggest::Now(|app, _, _, typed| {
        suggestions(app, typed, Kind::Role)
    })),
};

/// The options, in their order.
const NAMES: [&str; 3] = ["first", "second", "third"];

fn body(command: CreateCommand) -> CreateCommand {
    let words = [
        "The first role",
        "The second role",
        "A third role, if you like",
    ];
    NAMES
        .into_iter()
        .zip(words)
        .fold(command, |command, (name, words)| {
            command.add_option(
                locale::option("compare", CommandOptionType::String, name, words)
                    .required(name != "third")
                    .set_autocomplete(true),
            )
        })
}

async fn run(app: &App, input: &Input<'_>) -> Response {
    let mut slugs: Vec<String> = Vec::new();
    for typed in NAMES
        .into_iter()
        .filter_map(|name| input.options().text(name))
    {
        match role::slug(app, typed, SubjectKind::Role) {
            Ok(slug) if slugs.contains(&slug) => {}
            Ok(slug) => slugs.push(slug),
            Err(message) => return (*message).into(),
        }
    }
    let slugs: Vec<&str> = slugs.iter().map(String::as_str).collect();
    match app.advisor().compare(&slugs) {
        Some(answer) => {
            count_command(app, input.call, &slugs, &[Label::Compare]);
            charts::beside(app, &answer, answer_view::answer(&answer, &input.view()))
                .await
                .into()
        }
        None => Response::private("Please choose two or three different roles to compare."),
    }
}
