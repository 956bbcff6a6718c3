//! "Draft a trend from this" in the Apps menu of a message: its text, or the file that it bears, taken as an article. For
//! moderators.

use serenity::model::channel::Message as Posted;

use crate::article::read;
use crate::discord::app::App;
use crate::discord::command::{Command, Input, Run};
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::interaction::response::Response;
use crate::discord::message::body::Message;
use crate::discord::moderation::entries::import::Attached;
use crate::discord::moderation::entries::{act, bring_in};
use crate::discord::moderation::posted;

const NAME: &str = "Draft a trend from this";

/// "Draft a trend from this".
pub const COMMAND: Command =
    posted::command(NAME, Run::Later(|app, input| Box::pin(run(app, input))));

async fn run(app: &App, input: &Input<'_>) -> Result<Response, HandlerError> {
    let instead = "paste the article with /trend-draft add";
    let (moderator, message) = posted::chosen(app, input, NAME, instead).await?;
    act::room(&moderator, 1).await?;
    if let Some(file) = file(message) {
        return Ok(bring_in::begin(app, &moderator, file));
    }
    let mut article = read::pasted(&posted::text(message)).map_err(|why| {
        Message::private(format!("Nothing was brought in: of the message, {why}."))
    })?;
    if article.source.is_empty() {
        article.source =
            address(message).unwrap_or_else(|| posted::link(input.call, &posted::origin(message)));
    }
    Ok(bring_in::take(app, &moderator, article))
}

/// The first file of a message that may be an article.
fn file(message: &Posted) -> Option<Attached> {
    let mut files = message.attachments.iter();
    let file = files.find(|file| read::fits(&file.filename, u64::from(file.size)).is_ok())?;
    Some(Attached {
        name: file.filename.clone(),
        size: u64::from(file.size),
        url: file.url.clone(),
    })
}

/// The first address that a message names.
fn address(message: &Posted) -> Option<String> {
    let named = message.embeds.iter().filter_map(|embed| embed.url.clone());
    let written = message
        .content
        .split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')'));
    let written = written
        .filter(|word| word.starts_with("https://"))
        .map(str::to_owned);
    written.chain(named).next()
}
