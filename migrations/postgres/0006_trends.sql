-- What a server's own trend has beside the words of an entry; empty where an entry is no trend.
ALTER TABLE entry_versions ADD COLUMN trend TEXT;
