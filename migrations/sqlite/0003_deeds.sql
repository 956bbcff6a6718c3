-- Interactions that have had their effect, for as long as they could come again, with what was answered.
CREATE TABLE deeds (
    interaction INTEGER NOT NULL,
    part INTEGER NOT NULL,
    reply TEXT,
    at INTEGER NOT NULL,
    PRIMARY KEY (interaction, part)
) STRICT;
CREATE INDEX deeds_by_time ON deeds (at);
