//! `/gaps`: what members asked and did not find. For moderators, where the server has it counted.

use serenity::model::application::CommandType;

use crate::discord::app::App;
use crate::discord::command::{Command, Input, Run, for_moderators};
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::interaction::response::Response;
use crate::discord::moderation::{access, gaps};

/// `/gaps`.
pub const COMMAND: Command = Command {
    name: "gaps",
    description: "For moderators: what members asked and did not find",
    body: for_moderators,
    kind: CommandType::ChatInput,
    run: Run::Later(|app, input| Box::pin(run(app, input))),
    suggest: None,
};

async fn run(app: &App, input: &Input<'_>) -> Result<Response, HandlerError> {
    let moderator = access::check(app, input.call, "/gaps").await?;
    gaps::page(app, &moderator, 0).await.map(Response::from)
}
