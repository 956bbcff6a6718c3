-- Direct messages about posts: the topics for which moderators offer them, the members who want them, and what is on its way.
CREATE TABLE offers (
    server INTEGER NOT NULL,
    topic TEXT NOT NULL,
    role INTEGER,
    mention INTEGER NOT NULL CHECK (mention IN (0, 1)),
    direct INTEGER NOT NULL DEFAULT 0 CHECK (direct IN (0, 1)),
    PRIMARY KEY (server, topic)
) STRICT;
INSERT INTO offers (server, topic, role, mention, direct) SELECT server, topic, role, mention, 0 FROM subscriptions;
DROP TABLE subscriptions;
ALTER TABLE offers RENAME TO subscriptions;
CREATE TABLE readers (
    server INTEGER NOT NULL,
    topic TEXT NOT NULL,
    member INTEGER NOT NULL,
    room INTEGER,
    since INTEGER NOT NULL,
    PRIMARY KEY (server, topic, member),
    FOREIGN KEY (server, topic) REFERENCES subscriptions (server, topic) ON DELETE CASCADE
) STRICT;
CREATE INDEX readers_by_member ON readers (member);
CREATE TABLE letters (
    posting INTEGER NOT NULL REFERENCES postings (id) ON DELETE CASCADE,
    server INTEGER NOT NULL,
    topic TEXT NOT NULL,
    member INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    lease_until INTEGER NOT NULL,
    PRIMARY KEY (posting, member),
    FOREIGN KEY (server, topic, member) REFERENCES readers (server, topic, member) ON DELETE CASCADE
) STRICT;
CREATE INDEX letters_by_lease ON letters (lease_until);
CREATE INDEX letters_by_reader ON letters (server, topic, member);
