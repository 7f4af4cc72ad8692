-- What an account keeps is summed up whenever it uploads.
create index if not exists resources_by_version_by on resources (version_by);
create index if not exists file_versions_by_maker on file_versions (made_by);
