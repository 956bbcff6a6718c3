-- What members have to do with a server's knowledge: whose message an entry was made of, and whether they are named.
CREATE TABLE credits (
    entry BIGINT PRIMARY KEY NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    server BIGINT NOT NULL,
    channel BIGINT NOT NULL,
    message BIGINT NOT NULL,
    author BIGINT NOT NULL,
    state TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX credits_by_message ON credits (server, message);
