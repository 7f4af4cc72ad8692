-- One row: who this hub is to its peers.
create table hub_identity (
    hub_id        uuid          primary key,
    member_secret varbinary(64) not null,
    epoch         bigint        not null,
    created_at    timestamp(6) with time zone not null
);

create table hub_keys (
    kid         varchar(64)    primary key,
    private_key varbinary(256) not null,
    public_key  varbinary(256) not null,
    created_at  timestamp(6) with time zone not null
);

-- What tickets were issued for, until nobody honours them any more. The scope is a content id, or 'mesh' for the membership
-- ticket. No foreign keys: a deleted resource's tickets must still be found, to be taken back.
create table mesh_admissions (
    account_id  uuid        not null,
    scope       varchar(64) not null,
    resource_id uuid,
    fades_at    timestamp(6) with time zone not null,
    revoked     boolean     not null,
    primary key (account_id, scope)
);
