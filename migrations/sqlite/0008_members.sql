-- What members have to do with a server's knowledge: whose message an entry was made of, and whether they are named.
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
