-- What the checks of all contents have found: one row a finished check, and the contents that were found damaged by the last.
create table scrubs (
    id          uuid    primary key,
    started_at  timestamp(6) with time zone not null,
    finished_at timestamp(6) with time zone not null,
    contents    bigint  not null,
    bytes       bigint  not null
);

create table damaged_contents (
    content_id  varchar(64) primary key,
    found_at    timestamp(6) with time zone not null
);
