-- When the next login to Discord's gateway may follow, for each group of shards that log in one after the other: several
-- processes keep a part of the shards each.
CREATE TABLE logins (
    bucket BIGINT PRIMARY KEY NOT NULL,
    free_at BIGINT NOT NULL
);
