-- What registers are listed by: what a row hangs on (the shift of a handover, the inspection of a finding), what it is about
-- (a meter, an asset, a person), and where it belongs. The column `inspection` of before is written by nobody any more; it stays
-- for processes of an earlier version that are still at work.
ALTER TABLE record ADD COLUMN parent TEXT;
ALTER TABLE record ADD COLUMN about TEXT;
ALTER TABLE record ADD COLUMN place TEXT;
UPDATE record SET parent = inspection WHERE inspection IS NOT NULL AND hidden = 0;
DROP INDEX record_by_inspection;
CREATE INDEX record_by_parent ON record (parent, id) WHERE hidden = 0 AND parent IS NOT NULL;
CREATE INDEX record_by_about ON record (kind, about, day, id) WHERE hidden = 0 AND about IS NOT NULL;
CREATE INDEX record_by_place ON record (kind, place, day, id) WHERE hidden = 0 AND place IS NOT NULL;

-- Registers are walked through by day; what has none comes after what has one, and is found as well.
DROP INDEX record_by_day;
CREATE INDEX record_by_day ON record (kind, day, id) WHERE hidden = 0;
