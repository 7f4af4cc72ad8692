-- One row: how many bytes a second the hub may send, in all and to each account. Null: as many as there are.
create table egress_caps (
    version      bigint not null,
    hub_rate     bigint,
    account_rate bigint
);

insert into egress_caps (version) values (1);
