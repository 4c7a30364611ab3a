-- Orders.  High-rate tables carry no foreign keys to the catalog or to stock:
-- shared row locks on hot rows would halve the rate (docs/orders.md).

-- Gap-free series of numbers: the row is locked last, in the transaction
-- that uses the number.
create table "order".counter (
    store_id    bigint not null,
    series      text   not null check (series in ('order', 'invoice')),
    prefix      text   not null default '',
    value       bigint not null check (value >= 0),
    primary key (store_id, series)
);

create table "order".orders (
    id               uuid        primary key,
    store_id         bigint      not null,
    number           text        not null,
    status           text        not null default 'pending_payment'
        check (status in ('pending_payment', 'payment_failed', 'paid',
                          'processing', 'shipped', 'delivered', 'cancelled',
                          'refunded', 'partially_refunded', 'returned')),
    user_id          uuid,
    cart_id          uuid        not null,
    cart_revision    bigint      not null,
    email            text,
    currency         text        not null check (currency ~ '^[A-Z]{3}$'),
    total            bigint      not null check (total >= 0),
    quote            json        not null,
    shipping_method  text,
    shipping_address jsonb,
    billing_address  jsonb,
    payment_id       uuid        not null,
    cancel_reason    text,
    invoice_number   text,
    reserved_until   timestamptz,
    seq              int         not null default 1,
    version          int         not null default 1,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now(),
    constraint orders_cart_once unique (cart_id, cart_revision)
);

create unique index orders_number on "order".orders (store_id, number);
create unique index orders_invoice on "order".orders (store_id, invoice_number)
    where invoice_number is not null;
create index orders_user on "order".orders (user_id, created_at desc, id desc)
    where user_id is not null;
create index orders_newest on "order".orders (store_id, created_at desc, id desc);
create index orders_expiry on "order".orders (reserved_until)
    where reserved_until is not null;

create table "order".line (
    order_id    uuid   not null,
    position    int    not null,
    product_id  bigint not null,
    variant_id  bigint not null,
    quantity    int    not null check (quantity > 0),
    unit_price  bigint not null check (unit_price >= 0),
    line_total  bigint not null check (line_total >= 0),
    tax_rate    numeric(7, 4) not null default 0,
    tax         bigint not null default 0,
    primary key (order_id, position)
);

-- The timeline; seq is also the id of a live event and the sequence of the
-- order's outbox rows.
create table "order".event (
    order_id    uuid        not null,
    seq         int         not null,
    at          timestamptz not null default now(),
    type        text        not null,
    by          text        not null,
    data        jsonb       not null default '{}',
    primary key (order_id, seq)
);

comment on table "order".orders is 'one row an order; quote is the snapshot that it was computed from';
comment on table "order".line is 'lines of orders, for rules and reports; what people read is orders.quote';
comment on table "order".event is 'timeline of orders: every change of status is a row';
comment on table "order".counter is 'gap-free numbers a store';
comment on column "order".orders.cart_id is 'the guest''s cart, or the id of the user who owns it';
comment on column "order".orders.reserved_until is 'when the reservation ends; null: nothing is reserved, or without end';
