-- Posts that moderators have ordered to be published, until Discord has done so: one that it holds back waits here.
CREATE TABLE publications (
    posting BIGINT PRIMARY KEY NOT NULL REFERENCES postings (id) ON DELETE CASCADE,
    server BIGINT NOT NULL,
    state TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    reason TEXT,
    told BOOLEAN NOT NULL,
    ordered_by BIGINT NOT NULL,
    ordered_at BIGINT NOT NULL
);
