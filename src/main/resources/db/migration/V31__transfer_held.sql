-- What a receiver had of the file before its transfer began, in bytes.
alter table transfers add column held bigint default 0 not null;
