-- Servers that are kept here and that Discord did not name at a login: the bot was removed while it was away.
CREATE TABLE absences (
    server BIGINT PRIMARY KEY NOT NULL,
    noticed_at BIGINT NOT NULL
);
