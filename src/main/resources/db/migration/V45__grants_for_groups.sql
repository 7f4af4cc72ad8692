-- A grant names an account or a group.
create table grants_to (
    resource_id   uuid        not null references resources (id) on delete cascade,
    -- the account or the group
    grantee_id    uuid        not null,
    account_id    uuid        references accounts (id),
    group_id      uuid        references account_groups (id) on delete cascade,
    granted_level varchar(16) not null,
    granted_by    uuid        not null references accounts (id),
    granted_at    timestamp(6) with time zone not null,
    primary key (resource_id, grantee_id),
    constraint grants_name_one check (grantee_id = coalesce(account_id, group_id) and (account_id is null or group_id is null))
);

insert into grants_to (resource_id, grantee_id, account_id, granted_level, granted_by, granted_at)
select resource_id, account_id, account_id, granted_level, granted_by, granted_at from grants;

drop table grants;
alter table grants_to rename to grants;

create index grants_by_grantee on grants (grantee_id);
create index grants_by_group on grants (group_id);
