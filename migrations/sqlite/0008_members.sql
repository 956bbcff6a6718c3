-- What members agree to: whose message an entry was made of, and whether they are named; which role they take below posts.
CREATE TABLE credits (
    entry INTEGER PRIMARY KEY NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    server INTEGER NOT NULL,
    channel INTEGER NOT NULL,
    message INTEGER NOT NULL,
    author INTEGER NOT NULL,
    state TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX credits_by_message ON credits (server, message);

CREATE TABLE subscriptions (
    server INTEGER NOT NULL,
    topic TEXT NOT NULL,
    role INTEGER NOT NULL,
    mention INTEGER NOT NULL CHECK (mention IN (0, 1)),
    PRIMARY KEY (server, topic)
) STRICT;
