-- How a server's posts look: colour, lines above and below, order of the parts, a poll and a thread.
ALTER TABLE settings ADD COLUMN post_colour BIGINT;
ALTER TABLE settings ADD COLUMN post_intro TEXT NOT NULL DEFAULT '';
ALTER TABLE settings ADD COLUMN post_closing TEXT NOT NULL DEFAULT '';
ALTER TABLE settings ADD COLUMN post_order TEXT NOT NULL DEFAULT 'points';
ALTER TABLE settings ADD COLUMN post_poll BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE settings ADD COLUMN post_thread BOOLEAN NOT NULL DEFAULT FALSE;
