-- What managers want kept on peers. No foreign keys: files and accounts are other rooms' rows.
create table kept_copies (
    resource_id uuid         primary key,
    content_id  varchar(64)  not null,
    size_bytes  bigint       not null,
    name        varchar(255) not null,
    copies      integer      not null,
    account_id  uuid         not null
);
