-- One row: what everybody may keep on the hub who has no quota of their own. Bytes; null: without limit.
create table default_quota (
    storage_bytes  bigint,
    largest_upload bigint
);

insert into default_quota (storage_bytes, largest_upload) values (null, null);

-- Quotas of single accounts, in the place of the one for everybody.
create table account_quotas (
    account_id     uuid primary key references accounts (id) on delete cascade,
    storage_bytes  bigint,
    largest_upload bigint
);
