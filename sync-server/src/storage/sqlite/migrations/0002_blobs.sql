-- Blobs that are complete, and so were acknowledged; their bytes are kept beside the store.
create table blob (
    organisation blob not null references organisation (id),
    id           blob not null check (length(id) = 32),
    bytes        integer not null check (bytes >= 0),
    completed_at integer not null,
    primary key (organisation, id)
) strict, without rowid;

-- Who sent all bytes of a blob, and so may read it whoever names it.
create table blob_uploader (
    organisation blob not null references organisation (id),
    blob         blob not null check (length(blob) = 32),
    device       blob not null references device (id),
    primary key (organisation, blob, device)
) strict, without rowid;

-- Which records ever named a blob, in a live value or in the journal; filled for older records when this is run.
-- A purged record names nothing, but its blobs were named once.
create table blob_reference (
    organisation blob not null references organisation (id),
    blob         blob not null check (length(blob) = 32),
    record       blob not null check (length(record) = 16),
    is_purged    integer not null default 0,
    primary key (organisation, blob, record)
) strict, without rowid;
create index blob_reference_by_record on blob_reference (organisation, record);

alter table device add column last_seen_at integer;

-- The person that an account acts as, and whether its owner has still to choose a password.
alter table account add column person blob check (length(person) = 16);
alter table account add column must_begin integer not null default 1;
update account set must_begin = 0
where (select last_seq from organisation where organisation.id = account.organisation) > 0;
