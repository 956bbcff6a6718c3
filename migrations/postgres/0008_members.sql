-- What members agree to: whose message an entry was made of, and whether they are named; which role they take below posts.
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

CREATE TABLE subscriptions (
    server BIGINT NOT NULL,
    topic TEXT NOT NULL,
    role BIGINT NOT NULL,
    mention BOOLEAN NOT NULL,
    PRIMARY KEY (server, topic)
);
