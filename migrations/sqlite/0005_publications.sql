-- Posts that moderators have ordered to be published, until Discord has done so: one that it holds back waits here.
CREATE TABLE publications (
    posting INTEGER PRIMARY KEY NOT NULL REFERENCES postings (id) ON DELETE CASCADE,
    server INTEGER NOT NULL,
    state TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    reason TEXT,
    told INTEGER NOT NULL CHECK (told IN (0, 1)),
    ordered_by INTEGER NOT NULL,
    ordered_at INTEGER NOT NULL
) STRICT;
