-- What of a patrol counts for its window, derived beside its state: a coverage of a year reads these few words of each walk, and not
-- the signatures and photos of thousands. It stands in a table of its own, since what stands behind a state in its row is reached
-- through the pages of the state.
CREATE TABLE tally (
    record INTEGER PRIMARY KEY REFERENCES record (row) ON DELETE CASCADE,
    -- JSON
    tally TEXT NOT NULL
) STRICT;
