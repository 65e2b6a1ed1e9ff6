-- Since when this device has held a record whose age has to be proved: a food sample is disposed of by what devices can prove, and a
-- difference of two wall clocks proves nothing. It is noted in the transaction in which the record came, and never rewritten.
CREATE TABLE held (
    record INTEGER PRIMARY KEY REFERENCES record (row) ON DELETE CASCADE,
    -- JSON: the time, and the clock that it was read from
    since TEXT NOT NULL,
    -- what the device had counted of the steady clock by then, in milliseconds
    counted INTEGER NOT NULL
) STRICT;
