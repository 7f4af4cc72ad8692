-- set when somebody else has chosen the password: the account can do nothing but choose another
alter table accounts add column must_change_password boolean default false not null;

-- READ, WRITE or ADMINISTER, each with those before it; the tokens that there are keep all that they could do
alter table access_tokens add column token_scope varchar(16) default 'ADMINISTER' not null;
alter table access_tokens add column expires_at timestamp(6) with time zone;
alter table access_tokens add column last_used_at timestamp(6) with time zone;
