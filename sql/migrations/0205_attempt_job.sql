-- What the worker gets to call a provider.
create type payment.attempt_job as (
    attempt_id  uuid,
    payment_id  uuid,
    order_id    uuid,
    store_id    bigint,
    kind        text,
    provider    text,
    amount      bigint,
    currency    text,
    reference   text,
    tries       int,
    again       boolean
);

comment on type payment.attempt_job is
    'a claimed attempt; again: an earlier call may have reached the provider';
