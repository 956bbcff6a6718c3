//! `/trends`: the list of trends.

use serenity::model::application::CommandType;

use crate::discord::app::App;
use crate::discord::command::{Command, Input, Run};
use crate::discord::interaction::response::Response;
use crate::discord::members::answer_view;

/// `/trends`.
pub const COMMAND: Command = Command {
    name: "trends",
    description: "The trends that change work in healthcare",
    body: |body| body,
    kind: CommandType::ChatInput,
    run: Run::Now(run),
    suggest: None,
};

fn run(app: &App, input: &Input<'_>) -> Response {
    answer_view::answer(&app.advisor().trends(), &input.view()).into()
}
