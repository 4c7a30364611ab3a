-- Payments.  The state of a payment is what its facts say, in any order.

create table payment.provider (
    provider    text    primary key
        check (provider in ('sandbox', 'offline', 'stripe', 'paypal', 'razorpay')),
    enabled     boolean not null default false,
    hold        interval          -- how long stock is held; null: the store's
);

insert into payment.provider (provider, enabled, hold)
values ('sandbox', false, null), ('offline', true, '7 days'),
       ('stripe', false, null), ('paypal', false, null), ('razorpay', false, null);

create table payment.payment (
    id          uuid        primary key,
    order_id    uuid        not null,
    store_id    bigint      not null,
    provider    text        not null,
    status      text        not null default 'created'
        check (status in ('created', 'requires_action', 'success', 'failed',
                          'cancelled', 'refunded', 'partially_refunded')),
    currency    text        not null,
    amount      bigint      not null check (amount >= 0),
    captured    bigint      not null default 0 check (captured >= 0),
    refunded    bigint      not null default 0 check (refunded >= 0),
    reference   text,
    action      jsonb,
    seq         int         not null default 1,
    version     int         not null default 1,
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now()
);

create index payment_order on payment.payment (order_id);
create unique index payment_reference on payment.payment (provider, reference)
    where reference is not null;

create table payment.fact (
    provider    text        not null,
    event_id    text        not null,
    payment_id  uuid        not null,
    kind        text        not null
        check (kind in ('requires_action', 'success', 'failed', 'cancelled', 'refunded')),
    amount      bigint      not null default 0 check (amount >= 0),
    data        jsonb       not null default '{}',
    at          timestamptz not null default now(),
    primary key (provider, event_id)
);

create index fact_payment on payment.fact (payment_id);

-- A call to a provider.  Committed before the call; its id is the provider's
-- idempotency key; what must be tried again has its next time here.
create table payment.attempt (
    id          uuid        primary key default gen_random_uuid(),
    payment_id  uuid        not null,
    event_id    uuid        not null unique,
    kind        text        not null check (kind in ('create', 'refund', 'cancel')),
    refund_id   text,
    amount      bigint      not null check (amount >= 0),
    state       text        not null default 'due'
        check (state in ('due', 'running', 'done', 'dead')),
    tries       int         not null default 0,
    next_at     timestamptz not null default now(),
    error       text,
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now()
);

create index attempt_payment on payment.attempt (payment_id);
create index attempt_due on payment.attempt (next_at) where state in ('due', 'running');

comment on table payment.provider is 'which providers take payments here';
comment on table payment.payment is 'one row a payment; moved by payment.apply_fact only';
comment on table payment.fact is 'what providers said, once by their event id';
comment on table payment.attempt is 'calls to providers, made or to be made';
comment on column payment.attempt.next_at is 'when it may be tried again; while it is running, when its lease ends';
