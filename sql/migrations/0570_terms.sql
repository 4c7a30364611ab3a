-- Taxes and ways to ship as staff describe them, and what a cart may hold.

alter table store.store
    add column tax_country      text check (tax_country ~ '^[A-Z]{2}$'),
    add column tax_number       text check (length(tax_number) between 4 and 20),
    add column vat_check        text not null default 'off'
        check (vat_check in ('off', 'format', 'registry')),
    add column cart_days        int not null default 30
        check (cart_days between 1 and 365),
    add column guest_cart_days  int not null default 30
        check (guest_cart_days between 1 and 365),
    add column cart_lines       int not null default 1000
        check (cart_lines between 1 and 1000),
    add column line_quantity    int not null default 1000000
        check (line_quantity between 1 and 1000000);

comment on column store.store.tax_country is
    'where the store is taxed; null: its first country';
comment on column store.store.tax_number is 'the store''s own, for receipts';
comment on column store.store.vat_check is
    'whose VAT id turns the tax around: nobody''s (off), one that is well'
    ' formed, or one that the registry knows';
comment on column store.store.cart_days is
    'how long an account''s cart lives after its last change';
comment on column store.store.line_quantity is
    'the largest quantity of a line of a cart';


alter table store.tax_class
    add column version bigint not null default 1,
    add check (length(name) between 1 and 100);

alter table store.tax_zone
    alter column tax_included drop not null,
    add column version bigint not null default 1,
    add check (length(name) between 1 and 100);

comment on table store.tax_zone is
    'tax_included: prices of lines shipped here already hold the tax; null:'
    ' as the store says';

alter table store.tax_area
    add column postal_last text,
    add constraint tax_area_range check (
        length(postal_last) = length(postal_prefix)
        and postal_last > postal_prefix collate "C");

update store.tax_area a
set postal_prefix = upper(translate(a.postal_prefix, ' -', ''))
where a.postal_prefix <> upper(translate(a.postal_prefix, ' -', ''));

comment on column store.tax_area.postal_prefix is
    'capital letters and digits that a postal code begins with, without'
    ' blanks; or the first of a range';
comment on column store.tax_area.postal_last is
    'the last of a range of postal codes; null: no range';

alter table store.tax_rate
    add column valid_from   timestamptz,
    add column valid_until  timestamptz,
    add constraint tax_rate_dates check (valid_until > valid_from);


create table store.tax_exemption (
    id           bigint generated always as identity primary key,
    store_id     bigint not null references store.store on delete cascade,
    user_id      uuid not null,
    countries    text[]
        check (array_to_string(countries, ' ', '*')
               ~ '^[A-Z]{2}( [A-Z]{2})*$'),
    reason       text not null check (length(reason) between 1 and 200),
    certificate  text check (length(certificate) between 1 and 100),
    valid_from   timestamptz,
    valid_until  timestamptz,
    version      bigint not null default 1,
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    unique (store_id, user_id),
    constraint tax_exemption_dates check (valid_until > valid_from)
);

comment on table store.tax_exemption is
    'customers who pay no tax; countries null: wherever it is shipped to';

create table store.vat_id (
    vat_id      text primary key check (vat_id ~ '^[A-Z]{2}[0-9A-Z+*]{2,13}$'),
    state       text not null default 'pending'
        check (state in ('pending', 'valid', 'invalid')),
    name        text,
    asked_at    timestamptz not null default now(),
    checked_at  timestamptz,
    tries       int not null default 0,
    next_at     timestamptz default now(),
    error       text
);

create index vat_id_due on store.vat_id (next_at) where next_at is not null;
create index vat_id_asked on store.vat_id (asked_at);

comment on table store.vat_id is
    'VAT ids that the registry is or was asked about';
comment on column store.vat_id.next_at is
    'when the registry is asked; while it is being asked, when that counts as'
    ' lost; null: its answer stands';


alter table shipping.zone
    add column version bigint not null default 1,
    add check (length(name) between 1 and 100);

alter table shipping.area
    add column postal_last text,
    add constraint area_range check (
        length(postal_last) = length(postal_prefix)
        and postal_last > postal_prefix collate "C");

update shipping.area a
set postal_prefix = upper(translate(a.postal_prefix, ' -', ''))
where a.postal_prefix <> upper(translate(a.postal_prefix, ' -', ''));

alter table shipping.method
    add column kind         text not null default 'delivery'
        check (kind in ('delivery', 'pickup')),
    add column description  text not null default ''
        check (length(description) <= 500),
    add column version      bigint not null default 1;

comment on column shipping.method.kind is
    'pickup: fetched at one of its points; never chosen by itself';

alter table shipping.rate
    add column max_subtotal  bigint check (max_subtotal > min_subtotal),
    add column min_grams     bigint not null default 0 check (min_grams >= 0),
    add column min_items     bigint not null default 0 check (min_items >= 0),
    add column max_items     bigint check (max_items >= min_items),
    add check (max_grams >= min_grams),
    drop constraint rate_method_id_zone_id_currency_min_subtotal_max_grams_key,
    add constraint rate_once unique nulls not distinct
        (method_id, zone_id, currency, min_subtotal, max_subtotal, min_grams,
         max_grams, min_items, max_items);

comment on column shipping.rate.max_subtotal is
    'fits below this subtotal; null: any';
comment on column shipping.rate.min_items is
    'fits from this number of pieces on';

create table shipping.pickup_point (
    id          bigint generated always as identity primary key,
    method_id   bigint not null references shipping.method on delete cascade,
    store_id    bigint not null,
    code        text not null check (code ~ '^[a-z0-9][a-z0-9_-]{0,62}$'),
    name        text not null check (length(name) between 1 and 100),
    address     jsonb not null check (jsonb_typeof(address) = 'object'),
    hours       text not null default '' check (length(hours) <= 500),
    position    int not null,
    active      boolean not null default true,
    unique (store_id, code)
);

create index pickup_point_method on shipping.pickup_point (method_id);

comment on table shipping.pickup_point is
    'where an order may be fetched; address: line1, line2, city, postal_code,'
    ' region, country';


alter table catalog.variant
    add column min_quantity   int not null default 1
        check (min_quantity between 1 and 1000000),
    add column max_quantity   int check (max_quantity between 1 and 1000000),
    add column quantity_step  int not null default 1
        check (quantity_step between 1 and 1000000),
    add constraint variant_quantities check (
        max_quantity / quantity_step * quantity_step >= min_quantity);

comment on column catalog.variant.quantity_step is
    'a line''s quantity is a multiple of it, between the other two';

alter table catalog.offer add column limits int[];

comment on column catalog.offer.limits is
    'least and largest quantity of a line (null: any) and its step; null: any'
    ' quantity';


alter table cart.terms
    add column until          timestamptz,
    add column net_classes    text[],
    add column net_bases      numeric[],
    add column max_quantity   int,
    add column max_subtotals  bigint[],
    add column min_grams      bigint[],
    add column min_items      bigint[],
    add column max_items      bigint[],
    add column pickups        boolean[];

comment on column cart.terms.until is
    'when a tax begins or ends: from then on cart.terms_of() finds out';
comment on column cart.terms.net_classes is
    'where no tax is to be paid although prices hold it: the classes, and in'
    ' net_bases what the price is 100 parts of; never kept';
comment on column cart.terms.ways is
    'rates of the ways to ship, the cheapest first, an element each: code,'
    ' amount, from which subtotal, up to how many grams, tax class, below'
    ' which subtotal, from how many grams, for how many pieces, and whether'
    ' it is fetched';

alter type cart.line add attribute fits boolean;

comment on type cart.line is
    'a line of a quote; null unit_price: not for sale; variants: of the'
    ' product; fits: its quantity is one that may be ordered';


-- a till finds things by what it scans
create index variant_barcode on catalog.variant (store_id, barcode)
    where barcode is not null and deleted_at is null;
