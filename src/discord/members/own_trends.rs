//! A server's own trends where members look at roles and trends: beside them, in their list, by themselves.
//!
//! Whose trends may be seen is decided where shelves are kept: nothing of another server's is in hand here.

use std::sync::Arc;

use jiff::civil::Date;

use crate::advisor::{self, EntryIndex};
use crate::answer::Answer;
use crate::discord::app::App;
use crate::discord::interaction::context::InteractionContext;
use crate::discord::interaction::response::Suggestion;
use crate::discord::message::limits::{CHOICE, CHOICES};
use crate::discord::message::markdown::{clean, truncate};

/// What the server of a call has written, with the day there; `None` where nothing may be seen.
async fn shelf(app: &App, call: &InteractionContext) -> Option<(Arc<EntryIndex>, Date)> {
    let shelf = app.entry_index(call.guild, call.bot_in_server).await?;
    Some((shelf, app.today(call.guild?, call.now).await))
}

/// All about the server's own trend of that key or title; `None` where it has none.
pub async fn answer(app: &App, call: &InteractionContext, named: &str) -> Option<Answer> {
    let (shelf, today) = shelf(app, call).await?;
    app.advisor().trend_on(&shelf, today, named)
}

/// The list of trends, the server's own among them.
pub async fn list(app: &App, call: &InteractionContext) -> Answer {
    match shelf(app, call).await {
        Some((shelf, _)) => app.advisor().trends_on(&shelf),
        None => app.advisor().trends(),
    }
}

/// An answer with the server's own trends among what is related to it.
pub async fn beside(app: &App, call: &InteractionContext, mut answer: Answer) -> Answer {
    if let Some((shelf, _)) = shelf(app, call).await {
        advisor::relate(&shelf, &mut answer);
    }
    answer
}

/// The server's own trends that complete what was typed.
pub async fn suggestions(app: &App, call: &InteractionContext, typed: &str) -> Vec<Suggestion> {
    let Some((shelf, _)) = shelf(app, call).await else {
        return Vec::new();
    };
    let wanted = typed.trim().to_lowercase();
    let named = advisor::own_trends(&shelf)
        .filter(|(_, title)| title.to_lowercase().contains(&wanted))
        .map(|(value, title)| Suggestion {
            name: truncate(&format!("{} (this server's own)", clean(title)), CHOICE),
            value,
        });
    named.take(CHOICES).collect()
}
