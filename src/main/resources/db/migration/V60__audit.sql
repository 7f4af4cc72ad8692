-- Rows are added and never changed; each holds the hash of the one before. How it is made: src/docs/audit.md
create table audit_records (
    sequence      bigint       primary key,
    at_millis     bigint       not null,
    actor_id      uuid,
    actor_name    varchar(128),
    action        varchar(40)  not null,
    object_kind   varchar(16),
    object_id     varchar(64),
    object_name   varchar(255),
    outcome       varchar(16)  not null,
    address       varchar(64),
    times         integer      not null,
    detail        varchar(2000),
    previous_hash varchar(64)  not null,
    hash          varchar(64)  not null
);

create index audit_records_by_actor on audit_records (actor_name, sequence);
create index audit_records_by_action on audit_records (action, sequence);
create index audit_records_by_object on audit_records (object_id, sequence);
create index audit_records_by_time on audit_records (at_millis);

-- One row: whoever appends locks it, so that there is one order.
create table audit_head (
    id       integer     primary key,
    sequence bigint      not null,
    hash     varchar(64) not null
);

insert into audit_head (id, sequence, hash)
values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- One row: how long records are kept, in days; null for ever.
create table audit_settings (
    id        integer primary key,
    version   bigint  not null,
    keep_days integer
);

insert into audit_settings (id, version, keep_days) values (1, 1, 400);
