-- One installation of the app: who it is, what it has seen of the server, and all its records.

-- "RNDT": a tablet's store of Rounds.
PRAGMA application_id = 0x524e4454;

CREATE TABLE identity (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    replica BLOB NOT NULL,
    counter INTEGER NOT NULL,
    push_number INTEGER NOT NULL,
    push_digest TEXT,
    epoch TEXT,
    cursor TEXT,
    -- 1 from the moment a new replica id is taken until a pull has ended
    pull_first INTEGER NOT NULL DEFAULT 0,
    -- 1 while the last page that was read was the end of the feed
    reached_end INTEGER NOT NULL DEFAULT 0,
    app_version TEXT NOT NULL
) STRICT;

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE record (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    scope BLOB,
    state BLOB NOT NULL,
    doc TEXT NOT NULL,
    own INTEGER NOT NULL,
    acknowledged INTEGER NOT NULL DEFAULT 0,
    hidden INTEGER NOT NULL DEFAULT 0,
    asking INTEGER NOT NULL DEFAULT 0,
    -- what lists are cut by; derived from the fields, null where a record has no such thing
    day TEXT,
    inspection TEXT,
    stage TEXT,
    due INTEGER,
    assignee TEXT
) STRICT;
CREATE INDEX record_by_kind ON record (kind, id) WHERE hidden = 0;
CREATE INDEX record_by_day ON record (kind, day, id) WHERE hidden = 0 AND day IS NOT NULL;
CREATE INDEX record_by_inspection ON record (inspection, id) WHERE hidden = 0 AND inspection IS NOT NULL;
CREATE INDEX record_by_stage ON record (kind, stage, due, id) WHERE hidden = 0 AND stage IS NOT NULL;
CREATE INDEX record_by_assignee ON record (kind, assignee, id) WHERE hidden = 0 AND assignee IS NOT NULL;
CREATE INDEX record_asking ON record (id) WHERE asking > 0;
CREATE INDEX record_owing ON record (row) WHERE own > acknowledged;

CREATE TABLE outbox (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    record INTEGER NOT NULL UNIQUE REFERENCES record (row),
    relay INTEGER NOT NULL DEFAULT 0,
    queued_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    rejected TEXT,
    alarmed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX outbox_sendable ON outbox (position) WHERE rejected IS NULL;

CREATE TABLE push_in_flight (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    number INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT;

-- Records that the server took in a push, and that the feed must therefore still bring: see `exchange/pull.rs`.
CREATE TABLE unechoed (
    record INTEGER PRIMARY KEY REFERENCES record (row),
    version BLOB NOT NULL
) STRICT;

-- How to read a `seen` that was handed out before a replica id was given up.
CREATE TABLE replica_change (
    change INTEGER PRIMARY KEY AUTOINCREMENT,
    old BLOB NOT NULL,
    new BLOB NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE TABLE renamed (
    record INTEGER NOT NULL REFERENCES record (row),
    change INTEGER NOT NULL REFERENCES replica_change (change),
    acknowledged INTEGER NOT NULL,
    PRIMARY KEY (record, change)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE text USING fts5 (tokens, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2");
