-- What is derived beside a state carries the number of the rules that it was derived by, so that a version of the app with other
-- rules need not derive everything anew before it opens.
ALTER TABLE record ADD COLUMN derived INTEGER NOT NULL DEFAULT 0;
-- every record was derived by this number or a later one
ALTER TABLE identity ADD COLUMN derived INTEGER NOT NULL DEFAULT 0;
-- also where a process of an earlier version, which knows nothing of this, is still at work
CREATE TRIGGER record_inserted_older AFTER INSERT ON record WHEN new.derived < (SELECT derived FROM identity)
BEGIN
    UPDATE identity SET derived = new.derived;
END;
CREATE TRIGGER record_updated_older AFTER UPDATE OF derived ON record WHEN new.derived < (SELECT derived FROM identity)
BEGIN
    UPDATE identity SET derived = new.derived;
END;

-- The checklist that a form was made by: whether it was filled in lately is asked for each one that is due.
ALTER TABLE record ADD COLUMN template TEXT;
CREATE INDEX record_by_template ON record (kind, template, day, id, scope) WHERE hidden = 0 AND template IS NOT NULL;

-- What is left to do is found by its stage, sorted by when it is due, and cut by its campus, without a look at the records.
DROP INDEX record_by_stage;
CREATE INDEX record_by_stage ON record (kind, stage, due, id, scope) WHERE hidden = 0 AND stage IS NOT NULL;

-- The queue without the numbers of all times, and without an index of what can be sent, which is nearly all of it: each was one
-- more page that every save wrote.
CREATE TABLE queue (
    position INTEGER PRIMARY KEY,
    record INTEGER NOT NULL UNIQUE REFERENCES record (row),
    relay INTEGER NOT NULL DEFAULT 0,
    queued_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    rejected TEXT,
    alarmed INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO queue SELECT position, record, relay, queued_at, attempts, rejected, alarmed FROM outbox;
DROP TABLE outbox;
ALTER TABLE queue RENAME TO outbox;
