//! What commands and buttons work with: the advisor, the store and what is held in memory.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serenity::model::channel::Message as ChannelMessage;
use serenity::model::id::{ChannelId, GuildId};
use tokio::sync::Notify;

use crate::advisor::{Advisor, EntryIndex};
use crate::config::feeds::Feeds;
use crate::discord::interaction::context::InteractionContext;
use crate::discord::state::answer_cache::AnswerCache;
use crate::discord::state::chart_cache::ChartCache;
use crate::discord::state::connections::Connections;
use crate::discord::state::conversations::{self, Conversation, Conversations};
use crate::discord::state::count_queue::{CountQueue, Counted};
use crate::discord::state::entry_cache::{self, EntryCache};
use crate::discord::state::feedback_queue::{self, FeedbackQueue};
use crate::discord::state::rate_limiter::{Pace, RateLimiter};
use crate::discord::state::replay_cache::ReplayCache;
use crate::discord::state::server_settings::{self, ServerSettings};
use crate::discord::state::settings_cache::SettingsCache;
use crate::discord::state::shared_messages::SharedMessages;
use crate::discord::state::slow_down_notices::SlowDownNotices;
use crate::store::{ServerId, Store};

/// All that commands and buttons work with. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<State>);

struct State {
    advisor: Arc<Advisor>,
    conversations: Conversations<Conversation>,
    rate_limiter: RateLimiter,
    shared_messages: SharedMessages,
    store: OnceLock<Store>,
    feeds: OnceLock<Feeds>,
    settings_cache: SettingsCache,
    entry_cache: EntryCache,
    feedback_queue: FeedbackQueue,
    count_queue: CountQueue,
    answer_cache: AnswerCache,
    chart_cache: ChartCache,
    slow_down_notices: SlowDownNotices,
    replay_cache: ReplayCache,
    connections: Connections,
    posts: AtomicBool,
    /// Whether what is asked counts among the program's figures.
    keeps_figures: bool,
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
        Self::build(advisor, pace, true)
    }

    /// The same for a place to try things out: what is asked there is none of the program's figures.
    pub fn for_demo(advisor: Arc<Advisor>, pace: Pace) -> Self {
        Self::build(advisor, pace, false)
    }

    fn build(advisor: Arc<Advisor>, pace: Pace, keeps_figures: bool) -> Self {
        Self(Arc::new(State {
            advisor,
            conversations: Conversations::new(conversations::MOST),
            rate_limiter: RateLimiter::new(pace),
            shared_messages: SharedMessages::default(),
            store: OnceLock::new(),
            feeds: OnceLock::new(),
            settings_cache: SettingsCache::default(),
            entry_cache: EntryCache::default(),
            feedback_queue: FeedbackQueue::default(),
            count_queue: CountQueue::default(),
            answer_cache: AnswerCache::default(),
            chart_cache: ChartCache::default(),
            slow_down_notices: SlowDownNotices::default(),
            replay_cache: ReplayCache::default(),
            connections: Connections::default(),
            posts: AtomicBool::new(false),
            keeps_figures,
            wake: Notify::new(),
        }))
    }

    /// Whether what is asked counts among the program's figures.
    pub(crate) fn keeps_figures(&self) -> bool {
        self.0.keeps_figures
    }

    /// Who answers the questions.
    pub fn advisor(&self) -> &Advisor {
        &self.0.advisor
    }

    /// The same, to be shared with another app.
    pub fn shared_advisor(&self) -> Arc<Advisor> {
        self.0.advisor.clone()
    }

    /// What was talked about a moment ago.
    pub fn conversations(&self) -> &Conversations<Conversation> {
        &self.0.conversations
    }

    /// How fast members may ask.
    pub fn rate_limiter(&self) -> &RateLimiter {
        &self.0.rate_limiter
    }

    /// Gives the app its store. Without one, answering works, and moderators are told that there is none. The first one stays.
    pub fn set_store(&self, store: Store) {
        let _ = self.0.store.set(store);
    }

    /// What servers have set; `None` while there is no store.
    pub fn store(&self) -> Option<&Store> {
        self.0.store.get()
    }

    /// Gives the app the news feeds that moderators may subscribe to. The first ones stay.
    pub fn set_feeds(&self, feeds: Feeds) {
        let _ = self.0.feeds.set(feeds);
    }

    /// The news feeds that moderators may subscribe to; none unless the operator names some.
    pub fn feeds(&self) -> &Feeds {
        self.0.feeds.get_or_init(Feeds::default)
    }

    /// The settings of servers as they were read last.
    pub(crate) fn settings_cache(&self) -> &SettingsCache {
        &self.0.settings_cache
    }

    /// The entries of servers, ready to be searched.
    pub fn entry_cache(&self) -> &EntryCache {
        &self.0.entry_cache
    }

    /// What is counted beside answers.
    pub fn feedback_queue(&self) -> &FeedbackQueue {
        &self.0.feedback_queue
    }

    /// What is counted for `/stats`.
    pub fn count_queue(&self) -> &CountQueue {
        &self.0.count_queue
    }

    /// Answers that were given twice.
    pub(crate) fn answer_cache(&self) -> &AnswerCache {
        &self.0.answer_cache
    }

    /// Charts that were drawn lately.
    pub(crate) fn chart_cache(&self) -> &ChartCache {
        &self.0.chart_cache
    }

    /// Who was told lately in a channel to slow down.
    pub(crate) fn slow_down_notices(&self) -> &SlowDownNotices {
        &self.0.slow_down_notices
    }

    /// What interactions were answered with lately.
    pub(crate) fn replay_cache(&self) -> &ReplayCache {
        &self.0.replay_cache
    }

    /// The connections to the gateway.
    pub fn connections(&self) -> &Connections {
        &self.0.connections
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
    pub fn shared_messages(&self) -> &SharedMessages {
        &self.0.shared_messages
    }

    /// What holds in the server that a call comes from.
    pub(crate) async fn server_settings(&self, call: &InteractionContext) -> ServerSettings {
        server_settings::known(self.settings_cache(), self.store(), call).await
    }

    /// Whether a server wants answers to mentions in a channel; not where that can't be found out.
    pub async fn answers_in(&self, guild: Option<GuildId>, here: ChannelId) -> bool {
        server_settings::answers_in(self.settings_cache(), self.store(), guild, here).await
    }

    /// The day in a server: in its own time zone, and in UTC where none is known.
    pub(crate) async fn today(&self, guild: GuildId, now: Timestamp) -> Date {
        match self.store() {
            Some(store) => server_settings::today(self.settings_cache(), store, guild, now).await,
            None => now.to_zoned(TimeZone::UTC).date(),
        }
    }

    /// The entries of a server that may be seen there, ready to be searched; `None` where there are none.
    pub async fn entry_index(
        &self,
        guild: Option<GuildId>,
        bot_in_server: bool,
    ) -> Option<Arc<EntryIndex>> {
        entry_cache::of(self.entry_cache(), self.store()?, guild, bot_in_server).await
    }

    /// The same, read anew.
    pub async fn fresh_entry_index(&self, server: ServerId) -> Option<Arc<EntryIndex>> {
        entry_cache::fresh(self.entry_cache(), self.store()?, server).await
    }

    /// Counts something for `/stats`, where its server wants that; it is made only then.
    pub(crate) fn count(
        &self,
        guild: Option<GuildId>,
        now: Timestamp,
        counted: impl FnOnce() -> Counted,
    ) {
        if let Some(store) = self.store() {
            self.count_queue()
                .note(store, self.settings_cache(), guild, now, counted);
        }
    }

    /// Counts a question that got no answer, where its server wants that.
    pub(crate) fn count_gap(&self, guild: Option<GuildId>, question: &str, now: Timestamp) {
        if let Some(store) = self.store() {
            feedback_queue::gap(
                self.feedback_queue(),
                store,
                self.settings_cache(),
                guild,
                question,
                now,
            );
        }
    }

    /// Counts what a member thinks of an answer; `false` where they have said so before.
    pub(crate) fn count_verdict(
        &self,
        call: &InteractionContext,
        subject: &str,
        helpful: bool,
        on: &ChannelMessage,
    ) -> bool {
        let store = self.store().map(|store| (store, self.settings_cache()));
        let first =
            feedback_queue::verdict(self.feedback_queue(), store, call, subject, helpful, on);
        if first {
            self.count(call.server(), call.now, || Counted::Verdict(helpful));
        }
        first
    }
}
