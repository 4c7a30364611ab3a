-- What is sold over the counter: paid in cash or by a terminal of its own.

alter table payment.provider
    drop constraint provider_provider_check,
    add constraint provider_provider_check check (provider in (
        'sandbox', 'offline', 'stripe', 'paypal', 'razorpay', 'cash',
        'card'));

insert into payment.provider (provider, enabled)
values ('cash', true), ('card', true);

alter table "order".orders
    add column channel       text not null default 'web'
        check (channel in ('web', 'till')),
    add column cashier       uuid,
    add column pickup_point  jsonb;

comment on column "order".orders.channel is 'where it was sold';
comment on column "order".orders.cashier is 'the account that held the till';
comment on column "order".orders.pickup_point is
    'where it is fetched, as it was told; null: it is shipped';
