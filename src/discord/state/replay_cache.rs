//! What interactions were answered with, so that one that comes again gets the same answer and has no effect again.
//!
//! Within a program from memory; between the copies that share a store, from there. Knows nothing of what is answered.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lru::LruCache;
use serde_json::Value;
use serenity::model::id::InteractionId;
use tokio::sync::SetOnce;
use tokio::time::{Instant, sleep, timeout_at};
use tracing::{debug, warn};

use crate::discord::interaction::response::{DONE, InitialResponse, Response};
use crate::discord::message::body::Message;
use crate::store::Store;
use crate::store::deeds::Deed;

/// Interactions remembered here. More come only in a rush; what has an effect is in the store besides.
const REMEMBERED: usize = 1_000;
/// How long the copy that was first may take to note its answer, looked at this often.
const LOOK: Duration = Duration::from_millis(50);
/// How long noting an answer may take: the member waits for it.
const NOTING: Duration = Duration::from_millis(400);

/// The answers given lately.
pub(crate) struct ReplayCache(Mutex<LruCache<InteractionId, Arc<SetOnce<InitialResponse>>>>);

impl Default for ReplayCache {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(
            NonZeroUsize::new(REMEMBERED).unwrap_or(NonZeroUsize::MIN),
        )))
    }
}

impl ReplayCache {
    /// Where the answer to an interaction is put, and whether it is the first time that this is asked.
    pub(crate) fn of(&self, id: InteractionId) -> (Arc<SetOnce<InitialResponse>>, bool) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(answer) = all.get(&id) {
            return (answer.clone(), false);
        }
        let answer = Arc::new(SetOnce::new());
        all.put(id, answer.clone());
        (answer, true)
    }
}

/// Notes the reply of the one that was first. `Err` with the first one's answer for any other.
pub(crate) async fn settle(
    store: Option<&Store>,
    deed: &Deed,
    mut reply: Response,
    end: Instant,
) -> Result<Response, InitialResponse> {
    let Some(store) = store else {
        return Ok(reply);
    };
    if deed.is_noted() {
        let body = without_files(reply.first.body()).to_string();
        let kept = timeout_at(Instant::now() + NOTING, store.keep_deed_reply(deed, &body)).await;
        if !matches!(kept, Ok(Ok(()))) {
            warn!(
                "an answer is not noted; where its interaction comes again, that it is done is all that is said"
            );
        }
        return Ok(reply);
    }
    // On a store of its own, memory has told already.
    if !store.is_shared() && !deed.is_repeated() {
        return Ok(reply);
    }
    let mut known = deed.is_repeated();
    while known || deed.has_looked() {
        match timeout_at(end, store.deed_reply(deed)).await {
            Ok(Ok(Some(Some(given)))) => {
                debug!("an interaction came to another copy before");
                return Err(
                    serde_json::from_str(&given).map_or_else(|_| done(), InitialResponse::Again)
                );
            }
            Ok(Ok(Some(None))) if Instant::now() + LOOK < end => known = true,
            Ok(Ok(None)) if !known => break,
            _ if known => return Err(done()),
            _ => break,
        }
        sleep(LOOK).await;
    }
    // Steps are taken by one of the copies.
    if !reply.then.is_empty()
        && matches!(timeout_at(end, store.claim_deed(deed)).await, Ok(Ok(false)))
    {
        reply.then.clear();
    }
    Ok(reply)
}

fn done() -> InitialResponse {
    InitialResponse::Message(Message::private(DONE))
}

/// The body of an answer for another time: the files that went with it are not kept.
fn without_files(mut body: Value) -> Value {
    if let Some(data) = body.get_mut("data").and_then(Value::as_object_mut) {
        data.shift_remove("attachments");
    }
    body
}
