-- One row: what administrators have chosen about measuring. No price: nothing is said about money; no days: for ever.
create table measurement_settings (
    version                bigint      not null,
    price_per_gb           numeric(16, 6),
    price_currency         varchar(3),
    keep_minutes_for_hours integer     not null,
    keep_hours_for_days    integer     not null,
    keep_days_for_days     integer
);

insert into measurement_settings (version, keep_minutes_for_hours, keep_hours_for_days, keep_days_for_days)
values (1, 48, 90, 1826);

-- Bytes from peers in transfers that are complete, add up, and are not in doubt. Of what was before, as much as is still known.
alter table resource_counters add column saved_bytes bigint default 0 not null;

update resource_counters set saved_bytes = coalesce((
    select sum(transfers.from_peers) from transfers
    where transfers.resource_id = resource_counters.resource_id and transfers.model <> 'HUB' and transfers.state = 'COMPLETED'
      and transfers.discrepancy is null), 0);
