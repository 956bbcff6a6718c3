-- Interactions that have had their effect, for as long as they could come again, with what was answered.
CREATE TABLE deeds (
    interaction BIGINT NOT NULL,
    part BIGINT NOT NULL,
    reply TEXT,
    at BIGINT NOT NULL,
    PRIMARY KEY (interaction, part)
);
CREATE INDEX deeds_by_time ON deeds (at);
