-- Exchange rates: those of the European Central Bank by day, what a store
-- makes of them, and prices that follow them.

create table store.exchange_rate (
    base        text not null references api.currency,
    currency    text not null references api.currency,
    day         date not null,
    rate        numeric(24, 12) not null check (rate > 0),
    created_at  timestamptz not null default now(),
    primary key (base, currency, day),
    check (base <> currency)
);

comment on table store.exchange_rate is
    'what a unit of base is worth in currency; kept for each day';

create table store.conversion (
    store_id    bigint not null references store.store on delete cascade,
    currency    text not null references api.currency,
    convert     boolean not null default false,
    rate        numeric(24, 12) check (rate > 0),
    step        bigint not null default 1 check (step between 1 and 100000000),
    ending      bigint not null default 0,
    version     bigint not null default 1,
    updated_at  timestamptz not null default now(),
    primary key (store_id, currency),
    check (ending >= 0 and ending < step)
);

comment on table store.conversion is
    'convert: variants without a price of their own in the currency are sold'
    ' at that of the store''s own currency, converted';
comment on column store.conversion.rate is
    'by the staff, in place of the imported one: what a unit of the store''s'
    ' own currency is worth';
comment on column store.conversion.step is
    'converted amounts are rounded to a multiple of it, less ending: 100 and 1'
    ' make 12.99';

alter table catalog.price add column converted boolean not null default false;

create index price_converted on catalog.price (currency, variant_id)
    where converted;

comment on column catalog.price.converted is
    'follows the price in the store''s own currency and the exchange rate';

alter table "order".orders add column exchange_rate numeric(24, 12);

comment on column "order".orders.exchange_rate is
    'what a unit of the store''s own currency was worth when it was placed;'
    ' null: it was placed in that one, or there was no rate';
