-- What people have begun and not given in: of this device alone, and in nothing that lists, searches, counts or sends.

CREATE TABLE draft (
    person TEXT NOT NULL,
    -- which form
    form TEXT NOT NULL,
    -- what it is about; empty for something new
    record TEXT NOT NULL DEFAULT '',
    -- the version of the form's declaration under which it was begun
    declared INTEGER NOT NULL,
    -- what its author had seen of the record; null for something new
    seen TEXT,
    -- the fields that were changed: as they stood when it was begun, and as they were left
    base TEXT NOT NULL,
    "set" TEXT NOT NULL,
    -- when it was last changed, ms since 1970 UTC
    at INTEGER NOT NULL,
    PRIMARY KEY (person, form, record)
) STRICT, WITHOUT ROWID;
