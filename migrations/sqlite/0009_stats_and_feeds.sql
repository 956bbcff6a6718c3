-- How questions end, what they are about, verdicts and presses below posts, by week, where a server wants that counted. Numbers
-- alone: nothing of who, of what words, or of when within a week.
ALTER TABLE settings ADD COLUMN stats INTEGER NOT NULL DEFAULT 0 CHECK (stats IN (0, 1));
CREATE TABLE counts (
    server INTEGER NOT NULL,
    week INTEGER NOT NULL,
    kind TEXT NOT NULL,
    what TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (server, week, kind, what)
) STRICT;
-- Feeds that the operator allows, as they were asked last; what stood in them; which servers want to hear of it; and what each
-- of them was told.
CREATE TABLE feeds (
    address TEXT PRIMARY KEY NOT NULL,
    due_at INTEGER NOT NULL,
    etag TEXT,
    modified TEXT,
    failures INTEGER NOT NULL,
    problem TEXT
) STRICT;
CREATE TABLE feed_items (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    feed TEXT NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    link TEXT NOT NULL,
    author TEXT NOT NULL,
    published INTEGER,
    text TEXT NOT NULL,
    found_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    UNIQUE (feed, name)
) STRICT;
CREATE TABLE feed_subscriptions (
    server INTEGER NOT NULL,
    feed TEXT NOT NULL,
    since INTEGER NOT NULL,
    after_item INTEGER,
    PRIMARY KEY (server, feed)
) STRICT;
CREATE TABLE feed_news (
    server INTEGER NOT NULL,
    item INTEGER NOT NULL REFERENCES feed_items (id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    lease_until INTEGER NOT NULL,
    told_at INTEGER,
    PRIMARY KEY (server, item)
) STRICT;
CREATE INDEX feed_news_due ON feed_news (item) WHERE state = 'due';
