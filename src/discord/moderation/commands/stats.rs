//! `/stats`: what the bot does for a server. For moderators, where the server has it counted.

use serenity::model::application::CommandType;

use crate::discord::app::App;
use crate::discord::command::{Command, Input, Run, for_moderators};
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

async fn run(app: &App, input: &Input<'_>) -> Response {
    match access::check(app, input.call, "/stats").await {
        Ok(moderator) => stats::show(&moderator)
            .await
            .unwrap_or_else(|refusal| refusal)
            .into(),
        Err(refusal) => refusal.into(),
    }
}
