-- How questions end, what they are about, verdicts and presses below posts, by week, where a server wants that counted. Numbers
-- alone: nothing of who, of what words, or of when within a week.
ALTER TABLE settings ADD COLUMN stats BOOLEAN NOT NULL DEFAULT FALSE;
CREATE TABLE counts (
    server BIGINT NOT NULL,
    week BIGINT NOT NULL,
    kind TEXT NOT NULL,
    what TEXT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (server, week, kind, what)
);
