-- Direct messages about posts: the topics for which moderators offer them, the members who want them, and what is on its way.
ALTER TABLE subscriptions ALTER COLUMN role DROP NOT NULL;
ALTER TABLE subscriptions ADD COLUMN direct BOOLEAN NOT NULL DEFAULT FALSE;
CREATE TABLE readers (
    server BIGINT NOT NULL,
    topic TEXT NOT NULL,
    member BIGINT NOT NULL,
    room BIGINT,
    since BIGINT NOT NULL,
    PRIMARY KEY (server, topic, member),
    FOREIGN KEY (server, topic) REFERENCES subscriptions (server, topic) ON DELETE CASCADE
);
CREATE INDEX readers_by_member ON readers (member);
CREATE TABLE letters (
    posting BIGINT NOT NULL REFERENCES postings (id) ON DELETE CASCADE,
    server BIGINT NOT NULL,
    topic TEXT NOT NULL,
    member BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    lease_until BIGINT NOT NULL,
    PRIMARY KEY (posting, member),
    FOREIGN KEY (server, topic, member) REFERENCES readers (server, topic, member) ON DELETE CASCADE
);
CREATE INDEX letters_by_lease ON letters (lease_until);
CREATE INDEX letters_by_reader ON letters (server, topic, member);
