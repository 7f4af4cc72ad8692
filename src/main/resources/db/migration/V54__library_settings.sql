-- One row: what administrators have chosen about the library. The version rises with every change. 0: without end.
create table library_settings (
    version       bigint  not null,
    versions_kept integer not null,
    version_days  integer not null,
    trash_days    integer not null
);

insert into library_settings (version, versions_kept, version_days, trash_days) values (1, 20, 0, 30);
