-- Items of forms whose finding is looked at when the undo of their answer has ended: what this device means to do, in no exchange.

CREATE TABLE pending_finding (
    -- the record that is answered, whether or not it is here
    record BLOB NOT NULL,
    -- the place of the record, as its fields begin; empty for the record as a whole
    place TEXT NOT NULL,
    item TEXT NOT NULL,
    -- when it is looked at, ms since 1970 UTC
    due INTEGER NOT NULL,
    -- 1 when the item failed by what was written, and not before or otherwise
    failed_again INTEGER NOT NULL,
    -- the write since which it waits: who settles an earlier one takes nothing of a later one away
    since INTEGER NOT NULL,
    PRIMARY KEY (record, place, item)
) STRICT, WITHOUT ROWID;

-- An earlier version keeps each as a setting, and may be at work on this file still.
CREATE TRIGGER pending_finding_of_before AFTER INSERT ON meta WHEN new.key GLOB 'device/pending_finding/*' AND json_valid(new.value)
BEGIN
    INSERT INTO pending_finding (record, place, item, due, failed_again, since)
    SELECT unhex(replace(json_extract(new.value, '$.inspection'), '-', '')), '', json_extract(new.value, '$.item'),
           json_extract(new.value, '$.ready_at'), coalesce(json_extract(new.value, '$.failed_again'), 0), 0
    WHERE json_type(new.value, '$.inspection') = 'text' AND json_type(new.value, '$.item') = 'text'
      AND json_type(new.value, '$.ready_at') = 'integer'
      AND length(unhex(replace(json_extract(new.value, '$.inspection'), '-', ''))) = 16
    ON CONFLICT (record, place, item) DO UPDATE
    SET due = excluded.due, failed_again = max(failed_again, excluded.failed_again), since = since - 1;
    DELETE FROM meta WHERE key = new.key;
END;

-- What waits by now goes the same way: each is put in once more, in the order in which it was written.
CREATE TEMP TABLE waiting AS SELECT key, value FROM meta WHERE key GLOB 'device/pending_finding/*' ORDER BY key;
DELETE FROM meta WHERE key GLOB 'device/pending_finding/*';
INSERT INTO meta (key, value) SELECT key, value FROM temp.waiting ORDER BY key;
DROP TABLE temp.waiting;
