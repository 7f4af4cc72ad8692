-- From a transfer's start to its first verified bytes, in milliseconds.
alter table transfers add column first_byte_millis bigint;
