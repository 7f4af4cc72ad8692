-- What was delivered in each minute, hour and day (UTC), by resource and, under the id of zeros, in all. No foreign keys: what was
-- delivered stays counted when the resource is gone. Peers and lost links are those of the whole mesh.
create table rollups (
    step           varchar(6) not null,
    resource_id    uuid       not null,
    starts_at      timestamp(6) with time zone not null,
    hub_bytes      bigint     not null,
    lease_bytes    bigint     not null,
    peer_bytes     bigint     not null,
    wasted_bytes   bigint     not null,
    relayed_bytes  bigint     not null,
    hub_downloads  bigint     not null,
    mesh_downloads bigint     not null,
    peers          integer    not null,
    lost_links     bigint     not null,
    primary key (step, resource_id, starts_at)
);

create index rollups_by_time on rollups (step, starts_at);

-- Transfers that are not settled yet, as they were counted last: after a restart their next report is held against it, so that nothing
-- is counted twice. The same columns as transfers.
create table open_transfers (
    id                uuid         primary key,
    transfer          varchar(36)  not null,
    account_id        uuid         not null,
    model             varchar(16)  not null,
    resource_id       uuid         not null,
    content_id        varchar(64)  not null,
    name              varchar(255) not null,
    size_bytes        bigint       not null,
    held              bigint       not null,
    from_hub          bigint       not null,
    from_peers        bigint       not null,
    relayed           bigint       not null,
    wasted            bigint       not null,
    state             varchar(16)  not null,
    started_at        timestamp(6) with time zone not null,
    updated_at        timestamp(6) with time zone not null,
    first_byte_millis bigint,
    duration_millis   bigint,
    discrepancy       varchar(500)
);
