-- Measured comparisons of the models. No foreign keys to files and accounts: they are other rooms' rows, and a result outlives both.
create table experiments (
    id             uuid          primary key,
    version        bigint        not null,
    name           varchar(120)  not null,
    account_id     uuid          not null,
    resource_id    uuid          not null,
    resource_name  varchar(255)  not null,
    content_id     varchar(64)   not null,
    size_bytes     bigint        not null,
    chunks         integer       not null,
    -- both as JSON: they are shown and never searched
    settings       varchar(4096) not null,
    machine        varchar(1024) not null,
    state          varchar(16)   not null,
    reason         varchar(255),
    started_millis bigint        not null,
    ended_millis   bigint
);

create index experiments_by_time on experiments (started_millis, id);
create index experiments_by_account on experiments (account_id, started_millis, id);

create table experiment_runs (
    experiment_id uuid           not null references experiments (id) on delete cascade,
    run           integer        not null,
    -- as JSON: at most 32 receivers
    outcome       varchar(16384) not null,
    primary key (experiment_id, run)
);
