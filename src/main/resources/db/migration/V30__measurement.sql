-- No foreign keys: what was delivered stays counted when the resource is gone.
create table resource_counters (
    resource_id    uuid   primary key,
    hub_bytes      bigint not null,
    hub_downloads  bigint not null,
    lease_bytes    bigint not null,
    peer_bytes     bigint not null,
    wasted_bytes   bigint not null,
    mesh_downloads bigint not null,
    changed_at     timestamp(6) with time zone not null
);

create table transfers (
    id              uuid         primary key,
    transfer        varchar(36)  not null,
    account_id      uuid         not null,
    model           varchar(16)  not null,
    resource_id     uuid         not null,
    content_id      varchar(64)  not null,
    name            varchar(255) not null,
    size_bytes      bigint       not null,
    from_hub        bigint       not null,
    from_peers      bigint       not null,
    wasted          bigint       not null,
    state           varchar(16)  not null,
    started_at      timestamp(6) with time zone not null,
    updated_at      timestamp(6) with time zone not null,
    duration_millis bigint,
    discrepancy     varchar(500)
);

create index transfers_by_account on transfers (account_id, updated_at);
create index transfers_by_time on transfers (updated_at);
