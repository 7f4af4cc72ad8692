-- What lists are sorted and searched by, who changed a resource last and how, and its revision: it rises with every change.
alter table resources add column folder boolean default false not null;
alter table resources add column sort_key varchar(512) default '' not null;
alter table resources add column search_key varchar(512) default '' not null;
alter table resources add column revision bigint default 0 not null;
alter table resources add column changed_by uuid;
alter table resources add column changed_how varchar(16) default 'CREATED' not null;
alter table resources add column version_number integer;
alter table resources add column version_by uuid;
alter table resources add column version_at timestamp(6) with time zone;

update resources set folder = true where content_id is null;
update resources set version_number = 1, version_at = changed_at where content_id is not null;

create index resources_by_name on resources (parent_id, folder, sort_key, id);
create index resources_by_size on resources (parent_id, folder, size_bytes, id);
create index resources_by_change on resources (parent_id, folder, changed_at, id);
create index resources_by_search on resources (search_key, id);

-- What was deleted hangs below this folder until it is restored or gone: io.hubmesh.library.Library.TRASH
insert into resources (id, parent_id, name, name_key, peer_delivery, changed_at, folder)
values ('00000000-0000-0000-0000-000000000002', null, 'Trash', 'trash', true, current_timestamp, true);
