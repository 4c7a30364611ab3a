-- The ground that every domain stands on: schemas, the shape of an answer,
-- idempotency keys, outbox, inbox, audit.

alter default privileges for role shop_owner
    revoke execute on functions from public;

create schema api;
create schema store;
create schema identity;
create schema catalog;
create schema search;
create schema review;
create schema inventory;
create schema cart;
create schema "order";
create schema payment;
create schema notification;
create schema shipping;
create schema page;

comment on schema api is 'shape of answers, refusals, money, cursors, idempotency keys';
comment on schema ops is 'outbox, inbox, audit, migrations';
comment on schema store is 'brands: hosts, currencies, theme, settings, tax';
comment on schema identity is 'users, sessions, roles';
comment on schema catalog is 'categories, products, variants, prices, images';
comment on schema search is 'what lists, filters, facets and text search read';
comment on schema review is 'product reviews';
comment on schema inventory is 'warehouses, stock, reservations, movement ledger';
comment on schema cart is 'quotes';
comment on schema "order" is 'orders, their lines and timeline';
comment on schema payment is 'payments and their attempts';
comment on schema notification is 'messages to people';
comment on schema shipping is 'zones, methods, rates';
comment on schema page is 'data for the pages that the gateway renders';

grant usage on schema api, ops, store, identity, catalog, search, review,
    inventory, cart, "order", payment, notification, shipping, page
    to shop_gateway, shop_worker, shop_reader;

create extension if not exists pg_trgm with schema search;
create extension if not exists unaccent with schema search;
create extension if not exists fuzzystrmatch with schema search;


create type api.answer as (
    status    int,
    body      text,
    etag      text,
    location  text,
    tags      text,
    replayed  boolean
);

comment on type api.answer is
    'what a write gives the gateway; null status: the endpoint''s own';


-- ISO 4217 codes that a store may use, with their minor unit
create table api.currency (
    code      text primary key check (code ~ '^[A-Z]{3}$'),
    exponent  int not null check (exponent between 0 and 4),
    name      text not null
);

insert into api.currency (code, exponent, name) values
    ('AUD', 2, 'Australian dollar'), ('BHD', 3, 'Bahraini dinar'),
    ('BRL', 2, 'Brazilian real'), ('CAD', 2, 'Canadian dollar'),
    ('CHF', 2, 'Swiss franc'), ('CLP', 0, 'Chilean peso'),
    ('CNY', 2, 'Chinese yuan'), ('CZK', 2, 'Czech koruna'),
    ('DKK', 2, 'Danish krone'), ('EUR', 2, 'Euro'),
    ('GBP', 2, 'Pound sterling'), ('HKD', 2, 'Hong Kong dollar'),
    ('HUF', 2, 'Hungarian forint'), ('IDR', 2, 'Indonesian rupiah'),
    ('ILS', 2, 'Israeli shekel'), ('INR', 2, 'Indian rupee'),
    ('ISK', 0, 'Icelandic króna'), ('JOD', 3, 'Jordanian dinar'),
    ('JPY', 0, 'Japanese yen'), ('KRW', 0, 'South Korean won'),
    ('KWD', 3, 'Kuwaiti dinar'), ('MXN', 2, 'Mexican peso'),
    ('MYR', 2, 'Malaysian ringgit'), ('NOK', 2, 'Norwegian krone'),
    ('NZD', 2, 'New Zealand dollar'), ('OMR', 3, 'Omani rial'),
    ('PHP', 2, 'Philippine peso'), ('PLN', 2, 'Polish złoty'),
    ('RON', 2, 'Romanian leu'), ('SEK', 2, 'Swedish krona'),
    ('SGD', 2, 'Singapore dollar'), ('THB', 2, 'Thai baht'),
    ('TND', 3, 'Tunisian dinar'), ('TRY', 2, 'Turkish lira'),
    ('TWD', 2, 'New Taiwan dollar'), ('UAH', 2, 'Ukrainian hryvnia'),
    ('USD', 2, 'US dollar'), ('VND', 0, 'Vietnamese đồng'),
    ('ZAR', 2, 'South African rand');


-- First answers of requests with an Idempotency-Key, kept for 24 hours.
create table api.idempotency (
    store_id     bigint not null,
    actor        text not null,       -- user, or guest's cart, or ''
    endpoint     text not null,
    key          text not null check (length(key) between 1 and 255),
    fingerprint  text not null,
    status       int,
    body         text,
    etag         text,
    location     text,
    created_at   timestamptz not null default now(),
    primary key (store_id, actor, endpoint, key)
);

create index idempotency_created_at on api.idempotency (created_at);


-- Facts on their way to Kafka.  Rows leave when the broker has them, so the
-- table is what is not yet published (DATAPATH: ids are not commit order).
create table ops.outbox (
    id          bigint generated always as identity primary key,
    event_id    uuid not null default gen_random_uuid(),
    topic       text not null check (topic like 'shop.%'),
    key         text not null,        -- the aggregate's id
    seq         bigint not null,      -- grows within the aggregate
    type        text not null,
    store_id    bigint,
    data        jsonb not null,
    live        text,                 -- Redis channel to publish to
    created_at  timestamptz not null default now()
) with (autovacuum_vacuum_scale_factor = 0,
        autovacuum_vacuum_threshold = 5000,
        autovacuum_analyze_scale_factor = 0,
        autovacuum_analyze_threshold = 50000);


-- Events that a consumer group has handled; written with their effect.
create table ops.inbox (
    consumer    text not null,
    event_id    uuid not null,
    handled_at  timestamptz not null default now(),
    primary key (consumer, event_id)
);

create index inbox_handled_at on ops.inbox (handled_at);


-- Who did what.  Only grows.
create table ops.audit (
    id          bigint generated always as identity primary key,
    at          timestamptz not null default now(),
    store_id    bigint,
    actor       uuid,
    action      text not null,
    subject     text not null,
    before      jsonb,
    after       jsonb,
    address     inet,
    request_id  text
);

create index audit_at on ops.audit (at);
create index audit_subject on ops.audit (subject, at);
create index audit_actor on ops.audit (actor, at) where actor is not null;
