-- Times are milliseconds since 1970 UTC, and every key starts with the organisation.
-- Text is compared by its bytes, as the file of a small server does.

create table meta (
    name  text collate "C" not null primary key,
    value bigint not null
);

-- `revision` counts the transactions that have changed anything of the organisation.
create table organisation (
    id           uuid not null primary key,
    ordinal      bigint not null generated always as identity,
    name         text not null,
    preset       text not null,
    epoch        uuid not null,
    last_seq     bigint not null default 0 check (last_seq >= 0),
    refill_from  bigint,
    went_back_at bigint,
    revision     bigint not null default 0
) with (fillfactor = 50);

create table record (
    organisation uuid not null references organisation (id),
    id           uuid not null,
    kind         text collate "C" not null,
    scope        uuid,
    seq          bigint not null check (seq > 0),
    state        bytea not null,
    purged       bytea,
    primary key (organisation, id)
);
create unique index record_by_seq on record (organisation, seq);

-- Which commit wrote from which place on.
create table feed_start (
    organisation uuid not null references organisation (id),
    first_seq    bigint not null check (first_seq > 0),
    start        uuid not null,
    primary key (organisation, first_seq)
);

create table device (
    organisation  uuid not null references organisation (id),
    id            uuid not null primary key,
    ordinal       bigint not null generated always as identity,
    name          text not null,
    role          text not null,
    scopes        uuid[],
    token_hash    bytea unique check (octet_length(token_hash) = 32),
    created_at    bigint not null,
    revoked_at    bigint,
    last_seen_at  bigint,
    owes          bigint,
    owed_none_at  bigint
) with (fillfactor = 70);
create index device_by_organisation on device (organisation, ordinal);

create table replica (
    organisation uuid not null references organisation (id),
    id           uuid not null,
    ordinal      bigint not null generated always as identity,
    device       uuid not null references device (id),
    primary key (organisation, id)
);
create index replica_by_device on replica (organisation, device, ordinal);

create table chain (
    organisation uuid not null references organisation (id),
    replica      uuid not null,
    number       bigint not null check (number > 0),
    digest       bytea not null check (octet_length(digest) = 32),
    answer       bytea not null,
    primary key (organisation, replica)
);
-- Answers are compressed already.
alter table chain alter column answer set storage external;

create table enrol_code (
    organisation uuid not null references organisation (id),
    hash         bytea not null primary key check (octet_length(hash) = 32),
    role         text not null,
    scopes       uuid[],
    expires_at   bigint not null,
    used_at      bigint
);
create index enrol_code_by_organisation on enrol_code (organisation);

create table journal (
    organisation uuid not null references organisation (id),
    seq          bigint not null check (seq > 0),
    record       uuid not null,
    device       uuid,
    person       text,
    at           bigint,
    received_at  bigint not null,
    is_refill    boolean not null,
    changes      bytea not null,
    primary key (organisation, seq)
);
create index journal_by_record on journal (organisation, record, seq);
create index journal_by_refill on journal (organisation, seq) where is_refill;

create table account (
    organisation         uuid not null references organisation (id),
    name                 text collate "C" not null,
    password_hash        text not null,
    roles                text[] not null,
    created_at           bigint not null,
    person               uuid,
    must_begin           boolean not null,
    must_change_password boolean not null,
    primary key (organisation, name)
);

-- Blobs that are complete, and so were acknowledged; their bytes are kept beside the store.
create table blob (
    organisation uuid not null references organisation (id),
    id           bytea not null check (octet_length(id) = 32),
    bytes        bigint not null check (bytes >= 0),
    completed_at bigint not null,
    primary key (organisation, id)
);

-- Who sent all bytes of a blob, and so may read it whoever names it.
create table blob_uploader (
    organisation uuid not null references organisation (id),
    blob         bytea not null check (octet_length(blob) = 32),
    device       uuid not null references device (id),
    primary key (organisation, blob, device)
);

-- Which records ever named a blob, in a live value or in the journal.
-- A purged record names nothing, but its blobs were named once.
create table blob_reference (
    organisation uuid not null references organisation (id),
    blob         bytea not null check (octet_length(blob) = 32),
    record       uuid not null,
    is_purged    boolean not null default false,
    primary key (organisation, blob, record)
);
create index blob_reference_by_record on blob_reference (organisation, record);

-- The servers on this database, each with the time at which it last wrote.
create table server (
    id      uuid not null primary key,
    seen_at timestamptz not null,
    filler  bytea
);

-- The last transaction of each process for each organisation: whoever lost the connection at a commit finds out here.
create table commit_mark (
    organisation uuid not null,
    process      uuid not null,
    mark         bigint not null,
    at           timestamptz not null,
    primary key (organisation, process)
) with (fillfactor = 50);
