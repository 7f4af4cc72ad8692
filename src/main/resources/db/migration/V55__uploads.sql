-- Uploads that can be gone on with. No foreign keys: folders and files go while an upload stays until it expires.
create table uploads (
    id          uuid         primary key,
    account_id  uuid         not null,
    folder_id   uuid         not null,
    name        varchar(255) not null,
    media_type  varchar(127) not null,
    size_bytes  bigint       not null,
    -- the file in the library, once it is there
    resource_id uuid,
    expires_at  timestamp(6) with time zone not null
);

create index uploads_by_account on uploads (account_id);
