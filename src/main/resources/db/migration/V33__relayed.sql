-- The part of the bytes from peers that came over a TURN relay.
alter table transfers add column relayed bigint default 0 not null;
alter table resource_counters add column relayed_bytes bigint default 0 not null;
