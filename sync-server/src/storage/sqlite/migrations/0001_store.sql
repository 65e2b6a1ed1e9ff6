-- Ids are 16 bytes, times are milliseconds since 1970 UTC, and every key starts with the organisation.

create table meta (
    name  text not null primary key,
    value integer not null
) strict, without rowid;

create table organisation (
    id          blob not null primary key check (length(id) = 16),
    name        text not null,
    preset      text not null,
    epoch       blob not null check (length(epoch) = 16),
    last_seq    integer not null default 0 check (last_seq >= 0),
    refill_from integer
) strict;

create table record (
    organisation blob not null references organisation (id),
    id           blob not null check (length(id) = 16),
    kind         text not null,
    scope        blob check (length(scope) = 16),
    seq          integer not null check (seq > 0),
    state        blob not null,
    purged       blob
) strict;
create unique index record_by_id on record (organisation, id);
create unique index record_by_seq on record (organisation, seq);

-- Which start of a server wrote from which place on.
create table feed_start (
    organisation blob not null references organisation (id),
    first_seq    integer not null check (first_seq > 0),
    start        blob not null check (length(start) = 16),
    primary key (organisation, first_seq)
) strict, without rowid;

create table device (
    organisation blob not null references organisation (id),
    id           blob not null unique check (length(id) = 16),
    name         text not null,
    role         text not null,
    scopes       blob check (length(scopes) % 16 = 0),
    token_hash   blob unique check (length(token_hash) = 32),
    created_at   integer not null,
    revoked_at   integer
) strict;
create index device_by_organisation on device (organisation);

create table replica (
    organisation blob not null references organisation (id),
    id           blob not null check (length(id) = 16),
    device       blob not null references device (id)
) strict;
create unique index replica_by_id on replica (organisation, id);
create index replica_by_device on replica (organisation, device);

create table chain (
    organisation blob not null references organisation (id),
    replica      blob not null check (length(replica) = 16),
    number       integer not null check (number > 0),
    digest       blob not null check (length(digest) = 32),
    answer       blob not null,
    primary key (organisation, replica)
) strict;

create table enrol_code (
    organisation blob not null references organisation (id),
    hash         blob not null unique check (length(hash) = 32),
    role         text not null,
    scopes       blob check (length(scopes) % 16 = 0),
    expires_at   integer not null,
    used_at      integer
) strict;

create table journal (
    organisation blob not null references organisation (id),
    seq          integer not null check (seq > 0),
    record       blob not null check (length(record) = 16),
    device       blob,
    person       text,
    at           integer,
    received_at  integer not null,
    is_refill    integer not null,
    changes      blob not null
) strict;
create unique index journal_by_seq on journal (organisation, seq);
create index journal_by_record on journal (organisation, record, seq);
create index journal_by_refill on journal (organisation, seq) where is_refill = 1;

create table account (
    organisation  blob not null references organisation (id),
    name          text not null,
    password_hash text not null,
    roles         text not null,
    created_at    integer not null,
    primary key (organisation, name)
) strict, without rowid;
