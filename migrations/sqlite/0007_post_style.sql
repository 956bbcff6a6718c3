-- How a server's posts look: colour, lines above and below, order of the parts, a poll and a thread.
ALTER TABLE settings ADD COLUMN post_colour INTEGER;
ALTER TABLE settings ADD COLUMN post_intro TEXT NOT NULL DEFAULT '';
ALTER TABLE settings ADD COLUMN post_closing TEXT NOT NULL DEFAULT '';
ALTER TABLE settings ADD COLUMN post_order TEXT NOT NULL DEFAULT 'points';
ALTER TABLE settings ADD COLUMN post_poll INTEGER NOT NULL DEFAULT 0 CHECK (post_poll IN (0, 1));
ALTER TABLE settings ADD COLUMN post_thread INTEGER NOT NULL DEFAULT 0 CHECK (post_thread IN (0, 1));
