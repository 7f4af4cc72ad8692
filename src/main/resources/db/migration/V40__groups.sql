create table account_groups (
    id         uuid        primary key,
    name       varchar(64) not null,
    -- the name as it is compared: a group's name stands once, whatever its case
    name_key   varchar(64) not null,
    created_at timestamp(6) with time zone not null,
    constraint account_groups_name_once unique (name_key)
);

create table group_members (
    group_id   uuid not null references account_groups (id) on delete cascade,
    account_id uuid not null references accounts (id) on delete cascade,
    primary key (group_id, account_id)
);

create index group_members_by_account on group_members (account_id);
