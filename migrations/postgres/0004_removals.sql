-- Servers that Discord says have removed the bot: what they have scheduled rests until they are deleted or back.
CREATE TABLE removals (
    server BIGINT PRIMARY KEY NOT NULL
);
