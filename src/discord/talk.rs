//! Questions in plain words: asked, answered, remembered for a while.
//!
//! The one place where the conversation memory and a server's own entries meet the advisor. What is remembered comes from
//! careerbot's knowledge alone: nothing of an entry outlives its answer, or follows the member to another place.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serenity::model::id::{ChannelId, GuildId, UserId};

use crate::answer::Answer;
use crate::discord::call::Call;
use crate::discord::{App, entries};

/// Who asks, and where.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Who asks.
    pub user: UserId,
    /// The channel.
    pub channel: ChannelId,
    /// The server; `None` in direct messages.
    pub guild: Option<GuildId>,
    /// Whether the bot is a member of the server: only then may its entries be seen.
    pub bot_in_server: bool,
}

impl From<&Call> for Place {
    fn from(call: &Call) -> Self {
        Self { user: call.user, channel: call.channel, guild: call.guild, bot_in_server: call.bot_in_server }
    }
}

/// Answers a question in the light of what was said before in the same place, and of what the server's moderators have
/// written, and remembers it; a message about a crisis is answered and never remembered.
pub async fn ask(app: &App, place: impl Into<Place>, question: &str, now: Timestamp) -> Answer {
    let Place { user, channel, guild, bot_in_server } = place.into();
    let shelf = entries::of(app, guild, bot_in_server).await;
    // What is remembered points into the knowledge that it came from, and is of no use after a swap.
    let edition = app.advisor().knowledge().fingerprint;
    let before = app.memory().recall(user, channel, now).filter(|(of, _)| *of == edition);
    let before = before.as_ref().map(|(_, talk)| talk);
    let (answer, remembered) = match shelf {
        Some(shelf) => app.advisor().ask_on(&shelf, now.to_zoned(TimeZone::UTC).date(), question, before),
        None => app.advisor().ask_in(question, before),
    };
    if !answer.sensitive {
        app.memory().keep(user, channel, (edition, remembered), now);
    }
    answer
}
