-- What sight goes by, so that what somebody may see is found without reading documents: who made a record, whom it names, of what
-- sort it is, such as {"<person>": 3, "food": 4}; each number says how the word stands there (`domain::sight::Mark`).
ALTER TABLE record ADD COLUMN marks TEXT;
CREATE TABLE mark (
    kind TEXT NOT NULL,
    word TEXT NOT NULL,
    record INTEGER NOT NULL,
    how INTEGER NOT NULL,
    PRIMARY KEY (kind, word, record)
) STRICT, WITHOUT ROWID;

-- The table follows the column, whoever writes: a process of an earlier version that is still at work may take a record away, and
-- another record may get its number.
CREATE TRIGGER mark_inserted AFTER INSERT ON record WHEN new.marks IS NOT NULL
BEGIN
    INSERT INTO mark (kind, word, record, how) SELECT new.kind, key, new.row, value FROM json_each(new.marks);
END;
CREATE TRIGGER mark_updated AFTER UPDATE OF marks ON record WHEN old.marks IS NOT new.marks
BEGIN
    DELETE FROM mark WHERE record = old.row AND kind = old.kind AND word IN (SELECT key FROM json_each(old.marks));
    INSERT INTO mark (kind, word, record, how) SELECT new.kind, key, new.row, value FROM json_each(new.marks);
END;
CREATE TRIGGER mark_deleted AFTER DELETE ON record WHEN old.marks IS NOT NULL
BEGIN
    DELETE FROM mark WHERE record = old.row AND kind = old.kind AND word IN (SELECT key FROM json_each(old.marks));
END;

-- What the hooks of a register read of a row, such as when a lamp was lit: of all rows about one thing it is read by the index alone.
ALTER TABLE record ADD COLUMN kin TEXT;
CREATE INDEX record_by_kin ON record (kind, about, day, id, scope, stage, kin) WHERE hidden = 0 AND kin IS NOT NULL;
