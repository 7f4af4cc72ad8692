-- Answers to requests with an Idempotency-Key, for a day: who sends the same request again is answered the same. Never a secret.
create table kept_answers (
    account_id     uuid           not null references accounts (id) on delete cascade,
    request_key    varchar(128)   not null,
    -- SHA-256 of the request's method, target, media type and body, as hex
    request_hash   varchar(64)    not null,
    request_bytes  bigint         not null,
    status         integer        not null,
    media_type     varchar(127),
    location       varchar(512),
    body           varchar(16384) not null,
    created_millis bigint         not null,
    primary key (account_id, request_key)
);

create index kept_answers_by_time on kept_answers (created_millis);
