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
