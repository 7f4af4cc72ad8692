-- Earlier versions of files; the present one stands with its file.
create table file_versions (
    resource_id    uuid         not null references resources (id) on delete cascade,
    version_number integer      not null,
    content_id     varchar(64)  not null,
    size_bytes     bigint       not null,
    media_type     varchar(127) not null,
    sha256         varchar(64)  not null,
    made_by        uuid,
    made_at        timestamp(6) with time zone not null,
    primary key (resource_id, version_number)
);

create index file_versions_by_content on file_versions (content_id);
create index file_versions_by_moment on file_versions (made_at);
