create table resources (
    id            uuid         primary key,
    parent_id     uuid         references resources (id),
    name          varchar(255) not null,
    name_key      varchar(255) not null,
    content_id    varchar(64),
    size_bytes    bigint,
    media_type    varchar(127),
    sha256        varchar(64),
    peer_delivery boolean      not null,
    changed_at    timestamp(6) with time zone not null,
    constraint resources_name_once unique (parent_id, name_key)
);

create index resources_by_content on resources (content_id);

-- The folder at the top: io.hubmesh.kernel.ResourceId.ROOT
insert into resources (id, parent_id, name, name_key, peer_delivery, changed_at)
values ('00000000-0000-0000-0000-000000000001', null, 'Library', 'library', true, current_timestamp);

create table grants (
    resource_id   uuid        not null references resources (id) on delete cascade,
    account_id    uuid        not null references accounts (id),
    granted_level varchar(16) not null,
    granted_by    uuid        not null references accounts (id),
    granted_at    timestamp(6) with time zone not null,
    primary key (resource_id, account_id)
);

create index grants_by_account on grants (account_id);
