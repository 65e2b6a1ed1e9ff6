-- States carry a checksum from here on (`wire::encode_state`). Rows of before are read as they are, and get theirs with their
-- next change.

-- The bytes of states that turned out to be damaged, when the server's state took their place.
CREATE TABLE damaged_state (
    record INTEGER NOT NULL REFERENCES record (row),
    state BLOB NOT NULL
) STRICT;
