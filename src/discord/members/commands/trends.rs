//! `/trends`: the list of trends.

use serenity::model::application::CommandType;

use crate::discord::app::App;
use crate::discord::command::{Command, Input, Run, answered};
use crate::discord::interaction::response::Response;
use crate::discord::members::{answer_view, own_trends};

/// `/trends`.
pub const COMMAND: Command = Command {
    name: "trends",
    description: "The trends that change work in healthcare",
    body: |body| body,
    kind: CommandType::ChatInput,
    run: Run::Later(|app, input| answered(run(app, input))),
    suggest: None,
};

async fn run(app: &App, input: &Input<'_>) -> Response {
    let answer = own_trends::list(app, input.call).await;
    answer_view::answer(&answer, &input.view()).into()
}
