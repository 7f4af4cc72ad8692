create table accounts (
    id            uuid         primary key,
    name          varchar(64)  not null unique,
    display_name  varchar(128) not null,
    password_hash varchar(255) not null,
    -- rises with every change of the password; sessions that began under an earlier one end
    credentials   integer      not null,
    role          varchar(16)  not null,
    enabled       boolean      not null,
    created_at    timestamp(6) with time zone not null
);

create table access_tokens (
    id          uuid         primary key,
    account_id  uuid         not null references accounts (id),
    name        varchar(64)  not null,
    secret_hash varchar(64)  not null unique,
    created_at  timestamp(6) with time zone not null
);

create index access_tokens_by_account on access_tokens (account_id);
