//! `/trends`: the list of trends.

use serenity::model::application::CommandType;

use crate::discord::App;
use crate::discord::commands::{Command, Input, Run};
use crate::discord::render;
use crate::discord::reply::Reply;

/// `/trends`.
pub const COMMAND: Command = Command {
    name: "trends",
    description: "The trends that change work in healthcare",
    body: |body| body,
    kind: CommandType::ChatInput,
    run: Run::Now(run),
    suggest: None,
};

fn run(app: &App, input: &Input<'_>) -> Reply {
    render::answer(&app.advisor().trends(), &input.view()).into()
}
