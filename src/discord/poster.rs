//! The channels of Discord, as the runner of digests sees them.
//!
//! Posts with an enforced nonce and pings nobody. Knows what each refusal means for the post, and nothing of when it is due.

use std::num::NonZeroU64;
use std::time::Duration;

use serde_json::Value;
use serenity::model::id::ChannelId;

use crate::digest::Summary;
use crate::digest::due::{PostError, Poster};
use crate::discord::rest::{self, Rest};
use crate::discord::summary;
use crate::store::MessageId;
use crate::store::postings::Posting;

/// Discord's epoch in milliseconds: a message's id holds the time since then above its low 22 bits.
/// Source: Discord documentation, "Snowflakes".
const EPOCH: i64 = 1_420_070_400_000;
/// Messages that Discord gives at once.
const PAGE: usize = 100;
/// How many of these pages are searched for a post that may have arrived.
const PAGES: usize = 20;
/// How long to wait where the fault is the bot's own and will be mended by its owner.
const OWNER: Duration = Duration::from_secs(15 * 60);

/// Posts over Discord's REST API.
pub struct Channels<'a>(pub &'a Rest);

impl Poster for Channels<'_> {
    async fn post(&self, posting: &Posting, summary: &Summary) -> Result<MessageId, PostError> {
        let channel = channel(posting)?;
        let message = summary::message(summary)
            .ok_or_else(|| PostError::Refused("the text is too long for one message".to_owned()))?;
        let id = self.0.post(channel, message.post_body(None), Vec::new(), &posting.nonce).await.map_err(sort)?;
        Ok(MessageId::new(id.get()))
    }

    async fn find(&self, posting: &Posting, summary: &Summary) -> Result<Option<MessageId>, PostError> {
        let channel = channel(posting)?;
        let Some(wanted) = summary::message(summary).and_then(|message| message.embeds.into_iter().next()) else {
            return Ok(None);
        };
        let bot = self.0.myself().await.map_err(sort)?.to_string();
        // A minute before it was due: the clocks of two machines may differ.
        let since = posting.due_at.timestamp().as_millisecond() - EPOCH - 60_000;
        let mut after = u64::try_from(since.max(0)).unwrap_or(0) << 22;
        for _ in 0..PAGES {
            let page = self.0.messages_after(channel, after, PAGE).await.map_err(sort)?;
            let messages = page.as_array().map_or(&[][..], Vec::as_slice);
            let own = messages.iter().find(|message| {
                let embed = &message["embeds"][0];
                let same = plain(&embed["title"]) == words(&wanted.title)
                    && plain(&embed["description"]) == words(&wanted.description);
                message["author"]["id"] == bot && (message["nonce"] == posting.nonce || same)
            });
            if let Some(found) = own.and_then(id) {
                return Ok(Some(MessageId::new(found)));
            }
            let last = messages.iter().filter_map(id).max();
            match last {
                Some(last) if messages.len() == PAGE && last > after => after = last,
                _ => return Ok(None),
            }
        }
        Err(PostError::Unclear("too many messages came after it to find it again".to_owned()))
    }
}

fn channel(posting: &Posting) -> Result<ChannelId, PostError> {
    NonZeroU64::new(posting.channel.get())
        .map(ChannelId::from)
        .ok_or_else(|| PostError::Refused("there is no such channel".to_owned()))
}

fn id(message: &Value) -> Option<u64> {
    message["id"].as_str()?.parse().ok()
}

/// Discord gives texts back with other white space than they were sent with.
fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn plain(text: &Value) -> Vec<&str> {
    words(text.as_str().unwrap_or_default())
}

/// What a failed call means for the post, in words for moderators.
pub fn sort(error: rest::Error) -> PostError {
    match error {
        rest::Error::Refused { status: 401, .. } | rest::Error::NoToken | rest::Error::NotSent { .. } => {
            PostError::Wait(OWNER)
        }
        rest::Error::Refused { status, code, message, .. } if (400..500).contains(&status) => {
            PostError::Refused(match code {
                10_003 => "the channel is gone".to_owned(),
                50_001 => "I cannot see the channel: my role needs View Channel there".to_owned(),
                50_013 => {
                    "I lack a permission in the channel: my role needs Send Messages and Embed Links there".to_owned()
                }
                50_083 => "the thread is archived: open it again".to_owned(),
                _ => format!("Discord refused it: {message}"),
            })
        }
        other => PostError::Unclear(other.to_string()),
    }
}
