-- The tables of careerbot. Times are UTC milliseconds since 1970; ids of Discord are kept as signed 64-bit integers.
-- The PostgreSQL twin of this file holds the same tables and columns in the same order: a test compares them.

CREATE TABLE settings (
    server INTEGER PRIMARY KEY NOT NULL,
    moderator_role INTEGER,
    digest_channel INTEGER,
    log_channel INTEGER,
    zone TEXT NOT NULL,
    private_answers INTEGER NOT NULL CHECK (private_answers IN (0, 1)),
    allowed_channels TEXT NOT NULL,
    late_policy TEXT NOT NULL,
    gaps INTEGER NOT NULL CHECK (gaps IN (0, 1)),
    two_step INTEGER NOT NULL CHECK (two_step IN (0, 1)),
    audit_days INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE digests (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    server INTEGER NOT NULL,
    channel INTEGER NOT NULL,
    topic TEXT NOT NULL,
    style TEXT NOT NULL,
    schedule TEXT NOT NULL,
    mention_role INTEGER,
    memory TEXT NOT NULL,
    next_due INTEGER,
    paused TEXT,
    ended_at INTEGER,
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX digests_by_server ON digests (server);
CREATE INDEX digests_by_due ON digests (next_due) WHERE next_due IS NOT NULL;

CREATE TABLE postings (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    server INTEGER NOT NULL,
    digest INTEGER REFERENCES digests (id) ON DELETE SET NULL,
    channel INTEGER NOT NULL,
    topic TEXT NOT NULL,
    style TEXT NOT NULL,
    mention_role INTEGER,
    nonce TEXT NOT NULL UNIQUE,
    due_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    owner TEXT,
    lease_until INTEGER,
    attempts INTEGER NOT NULL,
    body TEXT NOT NULL,
    memory_after TEXT,
    message INTEGER,
    reason TEXT,
    told INTEGER NOT NULL CHECK (told IN (0, 1)),
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX postings_by_server ON postings (server, due_at);
CREATE INDEX postings_open ON postings (due_at) WHERE state IN ('due', 'claimed', 'sending');
CREATE INDEX postings_untold ON postings (id) WHERE told = 0;

CREATE TABLE drafts (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    server INTEGER NOT NULL,
    author INTEGER NOT NULL,
    channel INTEGER NOT NULL,
    topic TEXT NOT NULL,
    style TEXT NOT NULL,
    mention_role INTEGER,
    body TEXT NOT NULL,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX drafts_by_server ON drafts (server);

CREATE TABLE entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    server INTEGER NOT NULL,
    latest INTEGER NOT NULL,
    removed_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX entries_by_server ON entries (server);

CREATE TABLE entry_versions (
    entry INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    source TEXT NOT NULL,
    review_on TEXT NOT NULL,
    state TEXT NOT NULL,
    author INTEGER NOT NULL,
    approver INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (entry, version)
) STRICT;
CREATE UNIQUE INDEX entry_versions_one_live ON entry_versions (entry) WHERE state = 'live';

CREATE TABLE gaps (
    server INTEGER NOT NULL,
    question TEXT NOT NULL,
    count INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (server, question)
) STRICT;

CREATE TABLE feedback (
    server INTEGER NOT NULL,
    subject TEXT NOT NULL,
    helpful INTEGER NOT NULL,
    unhelpful INTEGER NOT NULL,
    PRIMARY KEY (server, subject)
) STRICT;

CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    server INTEGER NOT NULL,
    who INTEGER NOT NULL,
    what TEXT NOT NULL,
    detail TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX audit_by_server ON audit (server, at);
