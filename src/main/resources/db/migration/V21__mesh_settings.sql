-- One row: what administrators have chosen about the mesh. The version rises with every change.
create table mesh_settings (
    version            bigint        not null,
    -- one address a line; empty: no TURN
    turn_urls          varchar(1200) not null,
    turn_secret        varbinary(1024),
    credential_minutes integer       not null,
    lease_policy       varchar(16)   not null,
    grace_minutes      integer       not null,
    second_stun        varchar(300)
);

insert into mesh_settings (version, turn_urls, credential_minutes, lease_policy, grace_minutes)
values (1, '', 60, 'BY_SIZE', 720);
