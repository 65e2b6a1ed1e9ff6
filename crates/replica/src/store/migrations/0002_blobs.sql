-- Photos and scans: what is known of each, whether or not its bytes are here, and which records name it.
-- The bytes themselves are files beside this one.

CREATE TABLE blob (
    row INTEGER PRIMARY KEY,
    -- the SHA-256 of the bytes
    id BLOB NOT NULL UNIQUE,
    -- 0 while the bytes are not here, 1 while they are, 2 when they were and turned out missing or damaged
    here INTEGER NOT NULL DEFAULT 0,
    size INTEGER NOT NULL DEFAULT 0,
    -- 1 while some record names it as the small picture of another
    thumb INTEGER NOT NULL DEFAULT 0,
    -- 1 once the server has said that it has all of it
    sent INTEGER NOT NULL DEFAULT 0,
    -- how many of its bytes the server was last known to have
    sent_bytes INTEGER NOT NULL DEFAULT 0,
    queued_at INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    -- before this it is not tried again, ms since 1970 UTC
    not_before INTEGER NOT NULL DEFAULT 0,
    -- why it did not get through the last time
    problem TEXT
) STRICT;
CREATE INDEX blob_unsent ON blob (thumb DESC, queued_at, row) WHERE here > 0 AND sent = 0;
CREATE INDEX blob_thumb_away ON blob (row) WHERE here <> 1 AND thumb = 1;

CREATE TABLE blob_reference (
    record INTEGER NOT NULL REFERENCES record (row),
    blob INTEGER NOT NULL REFERENCES blob (row),
    thumb INTEGER NOT NULL,
    PRIMARY KEY (record, blob)
) STRICT, WITHOUT ROWID;
CREATE INDEX blob_reference_by_blob ON blob_reference (blob, thumb);

-- The references of the records that are here already are read when the store opens.
INSERT INTO meta (key, value) VALUES ('blob_references', '"unread"');
