//! `/stats`: what the bot does for a server. For moderators, where the server has it counted.

use serenity::model::application::CommandType;

use crate::discord::app::App;
use crate::discord::command::{Command, Input, Run, for_moderators};
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::interaction::response::Response;
use crate::discord::moderation::{access, stats};

/// `/stats`.
pub const COMMAND: Command = Command {
    name: "stats",
    description: "For moderators: what I do for this server by week, in numbers alone",
    body: for_moderators,
    kind: CommandType::ChatInput,
    run: Run::Later(|app, input| Box::pin(run(app, input))),
    suggest: None,
};

async fn run(app: &App, input: &Input<'_>) -> Result<Response, HandlerError> {
    let moderator = access::check(app, input.call, "/stats").await?;
    stats::show(&moderator).await.map(Response::from)
}
