//! Settings of a server.
//!
//! Knows their form and defaults, not what they lead to.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::store::changes::notify;
use crate::store::columns::clean;
use crate::store::columns::from_row;
use crate::store::columns::words;
use crate::store::{
    Change, ChannelId, Moment, Result, ServerId, ServerRoleId, Store, UserId, audit, read, step,
    transaction,
};

/// How long the audit log is kept unless a server says otherwise, in days.
pub const AUDIT_DAYS: u16 = 90;

words! {
    /// What to do with a post whose time passed while the bot was away.
    LatePolicy {
        /// Post it late.
        Post = "post",
        /// Leave it out.
        Skip = "skip",
        /// Ask the moderators in the log channel.
        Ask = "ask",
    }
}

words! {
    /// In which order the parts of a post stand.
    PostOrder {
        /// Points, then roles, then the question.
        Points = "points",
        /// Roles before the points.
        Roles = "roles",
        /// The question before all else.
        Question = "question",
    }
}

/// How posts of a server look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostStyle {
    /// Colour of the bar at the side, 0xRRGGBB; each topic has its own where there is none.
    pub colour: Option<u32>,
    /// What stands above each post; may be empty.
    pub intro: String,
    /// What stands at the end of each post; may be empty.
    pub closing: String,
    /// In which order its parts stand.
    pub order: PostOrder,
    /// Whether it ends with a poll.
    pub poll: bool,
    /// Whether a thread is opened below it.
    pub thread: bool,
}

/// The longest introduction or closing line, in characters.
pub const POST_LINE: usize = 300;

impl Default for PostStyle {
    fn default() -> Self {
        Self {
            colour: None,
            intro: String::new(),
            closing: String::new(),
            order: PostOrder::Points,
            poll: false,
            thread: false,
        }
    }
}

/// What a server has set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Members with this role may do what moderators may, besides those with Manage Server.
    pub moderator_role: Option<ServerRoleId>,
    /// Where digests go unless another channel is named.
    pub digest_channel: Option<ChannelId>,
    /// Where the bot tells moderators what went wrong.
    pub log_channel: Option<ChannelId>,
    /// IANA time zone in which times are entered and shown, such as `America/New_York`.
    pub zone: String,
    /// Whether answers are private unless a member asks for a public one.
    pub private_answers: bool,
    /// Channels in which the bot answers; empty means all.
    pub allowed_channels: Vec<ChannelId>,
    /// What to do with late posts.
    pub late_policy: LatePolicy,
    /// Whether refused questions are counted.
    pub gaps: bool,
    /// Whether questions, verdicts and presses below posts are counted by week.
    pub stats: bool,
    /// Whether another moderator than the author must approve an entry.
    pub two_step: bool,
    /// Days for which the audit log is kept, at least 1.
    pub audit_days: u16,
    /// How posts look.
    pub posts: PostStyle,
}

impl Settings {
    /// The time zone; UTC where this machine does not know the one that is set.
    pub fn time_zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }
}

impl Default for Settings {
    /// What holds for a server that has set nothing.
    fn default() -> Self {
        Self {
            moderator_role: None,
            digest_channel: None,
            log_channel: None,
            zone: "UTC".to_owned(),
            private_answers: true,
            allowed_channels: Vec::new(),
            late_policy: LatePolicy::Post,
            gaps: false,
            stats: false,
            two_step: false,
            audit_days: AUDIT_DAYS,
            posts: PostStyle::default(),
        }
    }
}

struct Row {
    moderator_role: Option<ServerRoleId>,
    digest_channel: Option<ChannelId>,
    log_channel: Option<ChannelId>,
    zone: String,
    private_answers: bool,
    allowed_channels: String,
    late_policy: LatePolicy,
    gaps: bool,
    stats: bool,
    two_step: bool,
    audit_days: i64,
    post_colour: Option<i64>,
    post_intro: String,
    post_closing: String,
    post_order: PostOrder,
    post_poll: bool,
    post_thread: bool,
}
from_row!(Row { moderator_role, digest_channel, log_channel, zone, private_answers, allowed_channels, gaps, stats, two_step, audit_days, post_colour, post_intro, post_closing, post_poll, post_thread; late_policy, post_order });

impl From<Row> for Settings {
    fn from(row: Row) -> Self {
        let channels = row
            .allowed_channels
            .split(' ')
            .filter_map(|id| id.parse().ok());
        Self {
            moderator_role: row.moderator_role,
            digest_channel: row.digest_channel,
            log_channel: row.log_channel,
            zone: row.zone,
            private_answers: row.private_answers,
            allowed_channels: channels.map(ChannelId::new).collect(),
            late_policy: row.late_policy,
            gaps: row.gaps,
            stats: row.stats,
            two_step: row.two_step,
            audit_days: u16::try_from(row.audit_days.max(1)).unwrap_or(u16::MAX),
            posts: PostStyle {
                colour: row
                    .post_colour
                    .and_then(|colour| u32::try_from(colour).ok()),
                intro: row.post_intro,
                closing: row.post_closing,
                order: row.post_order,
                poll: row.post_poll,
                thread: row.post_thread,
            },
        }
    }
}

const SAVE: &str = "INSERT INTO settings (server, moderator_role, digest_channel, log_channel, zone, private_answers, \
    allowed_channels, late_policy, gaps, two_step, audit_days, \
    post_colour, post_intro, post_closing, post_order, post_poll, post_thread, stats, updated_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) \
    ON CONFLICT (server) DO UPDATE SET moderator_role = excluded.moderator_role, digest_channel = excluded.digest_channel, \
    log_channel = excluded.log_channel, zone = excluded.zone, private_answers = excluded.private_answers, \
    allowed_channels = excluded.allowed_channels, late_policy = excluded.late_policy, gaps = excluded.gaps, \
    two_step = excluded.two_step, audit_days = excluded.audit_days, post_colour = excluded.post_colour, \
    post_intro = excluded.post_intro, post_closing = excluded.post_closing, post_order = excluded.post_order, \
    post_poll = excluded.post_poll, post_thread = excluded.post_thread, stats = excluded.stats, updated_at = excluded.updated_at";

const READ: &str = "SELECT * FROM settings WHERE server = $1";
const READ_AND_LOCK: &str = "SELECT * FROM settings WHERE server = $1 FOR UPDATE";
/// Waits for another transaction that makes the same row.
const MAKE: &str = "INSERT INTO settings (server, moderator_role, digest_channel, log_channel, zone, private_answers, \
    allowed_channels, late_policy, gaps, two_step, audit_days, \
    post_colour, post_intro, post_closing, post_order, post_poll, post_thread, stats, updated_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) ON CONFLICT (server) DO NOTHING";

/// Binds a row of settings to a statement of either database.
macro_rules! row {
    ($statement:expr, $server:expr, $settings:expr, $now:expr) => {
        sqlx::query($statement)
            .bind($server)
            .bind($settings.moderator_role)
            .bind($settings.digest_channel)
            .bind($settings.log_channel)
            .bind(&$settings.zone)
            .bind($settings.private_answers)
            .bind(written(&$settings.allowed_channels))
            .bind($settings.late_policy.word())
            .bind($settings.gaps)
            .bind($settings.two_step)
            .bind(i64::from($settings.audit_days.max(1)))
            .bind($settings.posts.colour.map(i64::from))
            .bind(clean(&$settings.posts.intro))
            .bind(clean(&$settings.posts.closing))
            .bind($settings.posts.order.word())
            .bind($settings.posts.poll)
            .bind($settings.posts.thread)
            .bind($settings.stats)
            .bind(Moment::from($now))
    };
}

fn written(channels: &[ChannelId]) -> String {
    channels
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(" ")
}

impl Store {
    /// The settings of a server; the defaults when it has set nothing.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn settings(&self, server: ServerId) -> Result<Settings> {
        let row: Option<Row> = read!(self, sqlx::query_as(READ).bind(server), fetch_optional)?;
        Ok(row.map(Settings::from).unwrap_or_default())
    }

    /// Changes the settings of a server: `change` gets what is stored, and gives what is to be stored, with the audit entry of
    /// who changed what. Nobody else's change comes between the two. Gives the settings as they were and as they are.
    /// Those who cache settings hear [`Change::Settings`].
    ///
    /// # Errors
    /// When the database cannot be read or written; the inner error is that of `change`. Nothing was changed then.
    pub async fn change_settings<E>(
        &self,
        server: ServerId,
        who: UserId,
        now: Timestamp,
        change: impl FnOnce(&Settings) -> std::result::Result<(Settings, String), E>,
    ) -> Result<std::result::Result<(Settings, Settings), E>> {
        let changed = transaction!(self, tx => {
            if self.is_shared() {
                // A row that there is not cannot be locked: the first one who changes something makes it.
                let nothing = Settings::default();
                step!(self, tx, row!(MAKE, server, nothing, now), execute);
            }
            // On SQLite the transaction has the lock already.
            let read = if self.is_shared() { READ_AND_LOCK } else { READ };
            let row: Option<Row> = step!(self, tx, sqlx::query_as(read).bind(server), fetch_optional);
            let before = row.map(Settings::from).unwrap_or_default();
            let (after, detail) = match change(&before) {
                Ok(changed) => changed,
                Err(refusal) => return Ok(Err(refusal)),
            };
            step!(self, tx, row!(SAVE, server, after, now), execute);
            audit::record!(self, tx, server, who, "settings", &detail, now);
            notify!(self, tx, Change::Settings(server));
            (before, after)
        });
        self.announce(Change::Settings(server));
        Ok(Ok(changed))
    }

    /// Saves all settings of a server, whatever they were, with the audit entry `detail` of who changed what. Those who cache settings hear
    /// [`Change::Settings`].
    ///
    /// # Errors
    /// When the database cannot be written; nothing was changed then.
    pub async fn save_settings(
        &self,
        server: ServerId,
        settings: &Settings,
        who: UserId,
        detail: &str,
        now: Timestamp,
    ) -> Result<()> {
        let wanted =
            |_: &Settings| Ok::<_, std::convert::Infallible>((settings.clone(), detail.to_owned()));
        self.change_settings(server, who, now, wanted)
            .await
            .map(drop)
    }
}
