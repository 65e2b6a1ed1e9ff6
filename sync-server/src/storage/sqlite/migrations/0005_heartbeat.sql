-- That the store takes what is written, noted every few seconds; `filler` is written and taken away again where it is to be
-- seen whether there is room.
create table heartbeat (
    one    integer not null primary key check (one = 1),
    at     integer not null,
    filler blob
) strict;

-- When a device came that had read more than the store holds; null since the newest epoch.
alter table organisation add column went_back_at integer;
