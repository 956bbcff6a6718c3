//! What commands and buttons work with: the advisor, the store and what is held in memory.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serenity::model::channel::Message as ChannelMessage;
use serenity::model::id::{ChannelId, GuildId};
use tokio::sync::Notify;

use crate::advisor::{Advisor, Shelf};
use crate::discord::interaction::context::Call;
use crate::discord::state::answer_cache::Ready;
use crate::discord::state::connections::Lines;
use crate::discord::state::conversations::{self, Memory, Remembered};
use crate::discord::state::entry_cache::{self, Entries};
use crate::discord::state::feedback_queue::{self, Tally};
use crate::discord::state::rate_limiter::{Pace, Throttle};
use crate::discord::state::replay_cache::Given;
use crate::discord::state::server_settings::{self, Known};
use crate::discord::state::settings_cache::Recent;
use crate::discord::state::shared_messages::Shared;
use crate::discord::state::slow_down_notices::Hasty;
use crate::store::{ServerId, Store};

/// All that commands and buttons work with. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<State>);

struct State {
    advisor: Arc<Advisor>,
    memory: Memory<Remembered>,
    throttle: Throttle,
    shared: Shared,
    store: OnceLock<Store>,
    recent: Recent,
    entries: Entries,
    tally: Tally,
    ready: Ready,
    hasty: Hasty,
    given: Given,
    lines: Lines,
    posts: AtomicBool,
    wake: Notify,
}

impl std::fmt::Debug for App {
    /// Without what is in it: that is what members have asked.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("App")
    }
}

impl App {
    /// An app that answers from this advisor, at the usual pace.
    pub fn new(advisor: Arc<Advisor>) -> Self {
        Self::with_pace(advisor, Pace::default())
    }

    /// An app that answers from this advisor, at a pace of your own.
    pub fn with_pace(advisor: Arc<Advisor>, pace: Pace) -> Self {
        Self(Arc::new(State {
            advisor,
            memory: Memory::new(conversations::TALKS),
            throttle: Throttle::new(pace),
            shared: Shared::default(),
            store: OnceLock::new(),
            recent: Recent::default(),
            entries: Entries::default(),
            tally: Tally::default(),
            ready: Ready::default(),
            hasty: Hasty::default(),
            given: Given::default(),
            lines: Lines::default(),
            posts: AtomicBool::new(false),
            wake: Notify::new(),
        }))
    }

    /// Who answers the questions.
    pub fn advisor(&self) -> &Advisor {
        &self.0.advisor
    }

    /// What was talked about a moment ago.
    pub fn memory(&self) -> &Memory<Remembered> {
        &self.0.memory
    }

    /// How fast members may ask.
    pub fn throttle(&self) -> &Throttle {
        &self.0.throttle
    }

    /// Gives the app its store. Without one, answering works, and moderators are told that there is none. The first one stays.
    pub fn set_store(&self, store: Store) {
        let _ = self.0.store.set(store);
    }

    /// What servers have set; `None` while there is no store.
    pub fn store(&self) -> Option<&Store> {
        self.0.store.get()
    }

    /// The settings of servers as they were read last.
    pub(crate) fn recent(&self) -> &Recent {
        &self.0.recent
    }

    /// The entries of servers, ready to be searched.
    pub fn entries(&self) -> &Entries {
        &self.0.entries
    }

    /// What is counted beside answers.
    pub fn tally(&self) -> &Tally {
        &self.0.tally
    }

    /// Answers that were given twice.
    pub(crate) fn ready(&self) -> &Ready {
        &self.0.ready
    }

    /// Who was told lately in a channel to slow down.
    pub(crate) fn hasty(&self) -> &Hasty {
        &self.0.hasty
    }

    /// What interactions were answered with lately.
    pub(crate) fn given(&self) -> &Given {
        &self.0.given
    }

    /// The connections to the gateway.
    pub fn lines(&self) -> &Lines {
        &self.0.lines
    }

    /// Says that somebody brings posts on their way from now on; they wait for [`App::woken`].
    pub fn begin_posting(&self) {
        self.0.posts.store(true, Ordering::Relaxed);
    }

    /// Whether posts are brought on their way here: that takes the bot's token.
    pub fn posts(&self) -> bool {
        self.0.posts.load(Ordering::Relaxed)
    }

    /// Wakes whoever brings posts on their way.
    pub fn wake(&self) {
        self.0.wake.notify_one();
    }

    /// Waits until there is a post to bring.
    pub async fn woken(&self) {
        self.0.wake.notified().await;
    }

    /// Which answers were shared lately.
    pub fn shared(&self) -> &Shared {
        &self.0.shared
    }

    /// What holds in the server that a call comes from.
    pub(crate) async fn known(&self, call: &Call) -> Known {
        server_settings::known(self.recent(), self.store(), call).await
    }

    /// Whether a server wants answers to mentions in a channel; not where that can't be found out.
    pub async fn answers_in(&self, guild: Option<GuildId>, here: ChannelId) -> bool {
        server_settings::answers_in(self.recent(), self.store(), guild, here).await
    }

    /// The day in a server: in its own time zone, and in UTC where none is known.
    pub(crate) async fn today(&self, guild: GuildId, now: Timestamp) -> Date {
        match self.store() {
            Some(store) => server_settings::today(self.recent(), store, guild, now).await,
            None => now.to_zoned(TimeZone::UTC).date(),
        }
    }

    /// The entries of a server that may be seen there, ready to be searched; `None` where there are none.
    pub async fn shelf(&self, guild: Option<GuildId>, bot_in_server: bool) -> Option<Arc<Shelf>> {
        entry_cache::of(self.entries(), self.store()?, guild, bot_in_server).await
    }

    /// The same, read anew.
    pub async fn fresh_shelf(&self, server: ServerId) -> Option<Arc<Shelf>> {
        entry_cache::fresh(self.entries(), self.store()?, server).await
    }

    /// Counts a question that got no answer, where its server wants that.
    pub(crate) fn count_gap(&self, guild: Option<GuildId>, question: &str, now: Timestamp) {
        if let Some(store) = self.store() {
            feedback_queue::gap(self.tally(), store, self.recent(), guild, question, now);
        }
    }

    /// Counts what a member thinks of an answer; `false` where they have said so before.
    pub(crate) fn count_verdict(
        &self,
        call: &Call,
        subject: &str,
        helpful: bool,
        on: &ChannelMessage,
    ) -> bool {
        let store = self.store().map(|store| (store, self.recent()));
        feedback_queue::verdict(self.tally(), store, call, subject, helpful, on)
    }
}
