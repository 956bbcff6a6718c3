//! "Save as knowledge" in the Apps menu of a message: a good answer becomes the draft of an entry. For moderators.

use serenity::model::channel::Message as Posted;

use crate::discord::app::App;
use crate::discord::command::{Command, Input, Run};
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::interaction::response::{InitialResponse, Response};
use crate::discord::moderation::access::Moderator;
use crate::discord::moderation::entries::entry::today;
use crate::discord::moderation::entries::{act, form};
use crate::discord::moderation::posted;

const NAME: &str = "Save as knowledge";

/// "Save as knowledge".
pub const COMMAND: Command =
    posted::command(NAME, Run::Later(|app, input| Box::pin(run(app, input))));

async fn run(app: &App, input: &Input<'_>) -> Result<Response, HandlerError> {
    let instead = "write an entry with /knowledge add";
    let (moderator, message) = posted::chosen(app, input, NAME, instead).await?;
    begin(&moderator, input, message).await.map(Response::from)
}

/// The form for the entry, or the entry that was made of the message before.
async fn begin(
    moderator: &Moderator<'_>,
    input: &Input<'_>,
    message: &Posted,
) -> Result<InitialResponse, HandlerError> {
    let origin = posted::origin(message);
    act::not_kept_yet(moderator, &origin).await?;
    act::room(moderator, 1).await?;
    let text = posted::unnamed(&posted::text(message));
    if text.trim().is_empty() {
        return Err(HandlerError::private(
            "That message has no text that I can read. You can write an entry with /knowledge add.",
        ));
    }
    let link = posted::link(input.call, &origin);
    form::keep(text.trim(), link, today(moderator), &origin)
        .map(InitialResponse::Form)
        .ok_or_else(|| {
            HandlerError::private("The form cannot be shown. Write the entry with /knowledge add.")
        })
}
