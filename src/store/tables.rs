//! Every table and column, for backups, but for what passes by itself (`deeds`) and what Discord
//! says anew (`removals`): in an order in which each table comes after those that it refers to.
//!
//! A test holds this list against the schema of both databases.

/// What a column holds; each may be missing (NULL).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Integer,
    Text,
    Boolean,
}

use Kind::{Boolean, Integer, Text};

/// A table.
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [(&'static str, Kind)],
    /// Columns that put its rows in order.
    pub(crate) key: &'static str,
    /// Whether it counts its ids by itself.
    pub(crate) counts: bool,
}

/// Columns that came with a later step and are never empty: table, column, and what stands there in a backup of before.
pub(crate) const LATER: &[(&str, &str, &str)] = &[
    ("settings", "post_intro", "''"),
    ("settings", "post_closing", "''"),
    ("settings", "post_order", "'points'"),
    ("settings", "post_poll", "FALSE"),
    ("settings", "post_thread", "FALSE"),
    ("settings", "stats", "FALSE"),
];

pub(crate) const TABLES: &[Table] = &[
    Table {
        name: "settings",
        columns: &[
            ("server", Integer),
            ("moderator_role", Integer),
            ("digest_channel", Integer),
            ("log_channel", Integer),
            ("zone", Text),
            ("private_answers", Boolean),
            ("allowed_channels", Text),
            ("late_policy", Text),
            ("gaps", Boolean),
            ("two_step", Boolean),
            ("audit_days", Integer),
            ("updated_at", Integer),
            ("post_colour", Integer),
            ("post_intro", Text),
            ("post_closing", Text),
            ("post_order", Text),
            ("post_poll", Boolean),
            ("post_thread", Boolean),
            ("stats", Boolean),
        ],
        key: "server",
        counts: false,
    },
    Table {
        name: "digests",
        columns: &[
            ("id", Integer),
            ("server", Integer),
            ("channel", Integer),
            ("topic", Text),
            ("style", Text),
            ("schedule", Text),
            ("mention_role", Integer),
            ("memory", Text),
            ("next_due", Integer),
            ("paused", Text),
            ("ended_at", Integer),
            ("created_by", Integer),
            ("created_at", Integer),
            ("updated_at", Integer),
        ],
        key: "id",
        counts: true,
    },
    Table {
        name: "postings",
        columns: &[
            ("id", Integer),
            ("server", Integer),
            ("digest", Integer),
            ("channel", Integer),
            ("topic", Text),
            ("style", Text),
            ("mention_role", Integer),
            ("nonce", Text),
            ("due_at", Integer),
            ("state", Text),
            ("owner", Text),
            ("lease_until", Integer),
            ("attempts", Integer),
            ("body", Text),
            ("memory_after", Text),
            ("message", Integer),
            ("reason", Text),
            ("told", Boolean),
            ("created_by", Integer),
            ("created_at", Integer),
            ("updated_at", Integer),
        ],
        key: "id",
        counts: true,
    },
    Table {
        name: "publications",
        columns: &[
            ("posting", Integer),
            ("server", Integer),
            ("state", Text),
            ("due_at", Integer),
            ("attempts", Integer),
            ("reason", Text),
            ("told", Boolean),
            ("ordered_by", Integer),
            ("ordered_at", Integer),
        ],
        key: "posting",
        counts: false,
    },
    Table {
        name: "drafts",
        columns: &[
            ("id", Integer),
            ("server", Integer),
            ("author", Integer),
            ("channel", Integer),
            ("topic", Text),
            ("style", Text),
            ("mention_role", Integer),
            ("body", Text),
            ("revision", Integer),
            ("created_at", Integer),
            ("updated_at", Integer),
        ],
        key: "id",
        counts: true,
    },
    Table {
        name: "entries",
        columns: &[
            ("id", Integer),
            ("server", Integer),
            ("latest", Integer),
            ("removed_at", Integer),
            ("created_at", Integer),
        ],
        key: "id",
        counts: true,
    },
    Table {
        name: "entry_versions",
        columns: &[
            ("entry", Integer),
            ("version", Integer),
            ("title", Text),
            ("text", Text),
            ("source", Text),
            ("review_on", Text),
            ("state", Text),
            ("author", Integer),
            ("approver", Integer),
            ("created_at", Integer),
            ("updated_at", Integer),
            ("trend", Text),
        ],
        key: "entry, version",
        counts: false,
    },
    Table {
        name: "gaps",
        columns: &[
            ("server", Integer),
            ("question", Text),
            ("count", Integer),
            ("first_at", Integer),
            ("last_at", Integer),
        ],
        key: "server, question",
        counts: false,
    },
    Table {
        name: "feedback",
        columns: &[
            ("server", Integer),
            ("subject", Text),
            ("helpful", Integer),
            ("unhelpful", Integer),
        ],
        key: "server, subject",
        counts: false,
    },
    Table {
        name: "counts",
        columns: &[
            ("server", Integer),
            ("week", Integer),
            ("kind", Text),
            ("what", Text),
            ("count", Integer),
        ],
        key: "server, week, kind, what",
        counts: false,
    },
    Table {
        name: "audit",
        columns: &[
            ("id", Integer),
            ("server", Integer),
            ("who", Integer),
            ("what", Text),
            ("detail", Text),
            ("at", Integer),
        ],
        key: "id",
        counts: true,
    },
    Table {
        name: "absences",
        columns: &[("server", Integer), ("noticed_at", Integer)],
        key: "server",
        counts: false,
    },
];
