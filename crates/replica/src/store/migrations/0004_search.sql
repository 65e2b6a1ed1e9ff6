-- Texts are cut by `search/cut.rs`, once for the title of a record and once for the rest; SQLite only parts words at spaces.

DROP TABLE text;
CREATE VIRTUAL TABLE text USING fts5 (title, rest, content = '', contentless_delete = 1, tokenize = "ascii");

-- Records that are not in the index yet, or with what they held before: see `search/backlog.rs`.
CREATE TABLE search_waiting (record INTEGER PRIMARY KEY REFERENCES record (row)) STRICT;
INSERT INTO search_waiting (record) SELECT row FROM record WHERE hidden = 0;
