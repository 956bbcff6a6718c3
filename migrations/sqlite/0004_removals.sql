-- Servers that Discord says have removed the bot: what they have scheduled rests until they are deleted or back.
CREATE TABLE removals (
    server INTEGER PRIMARY KEY NOT NULL
) STRICT;
