-- Whose acts on a row of a register do not count (未计入), such as `|<person>|<person>|`: they stand in Today of who wrote them.
-- There are few, so the index holds those alone.
ALTER TABLE record ADD COLUMN uncounted TEXT;
CREATE INDEX record_by_uncounted ON record (kind, day, id) WHERE hidden = 0 AND uncounted IS NOT NULL;
