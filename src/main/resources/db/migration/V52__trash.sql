-- What hangs in the trash, from where, and who put it there. Ancestors: the ids of the folders above it, nearest first.
create table trash (
    resource_id uuid          primary key references resources (id) on delete cascade,
    ancestors   varchar(2400) not null,
    deleted_by  uuid          not null,
    deleted_at  timestamp(6) with time zone not null
);

create index trash_by_moment on trash (deleted_at, resource_id);
