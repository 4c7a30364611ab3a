-- What a price list that is for everybody says of one piece is what products
-- show.

create table pricing.public_price (
    variant_id  bigint not null references catalog.variant on delete cascade,
    currency    text not null references api.currency,
    amount      bigint not null check (amount between 0 and 99999999999),
    primary key (variant_id, currency)
);

create table pricing.stale (
    variant_id  bigint primary key,
    store_id    bigint not null
);

comment on table pricing.public_price is
    'what everybody pays for one piece by a price list, as products show it;'
    ' no row: the price of the variant; kept by pricing.publish()';
comment on table pricing.stale is
    'variants of price lists that have changed, begun or ended: what products'
    ' show of them is looked at again';

alter table pricing.price_list
    add column settled_at timestamptz not null default now();

comment on column pricing.price_list.settled_at is
    'up to when it is known that it has begun or ended';

alter table catalog.offer add column public bigint;

comment on column catalog.offer.public is
    'what everybody pays for one piece by a price list; null: the price';
comment on column catalog.offer.compare_at is
    'what is struck beside the price that everybody pays';

insert into pricing.stale (variant_id, store_id)
select distinct p.variant_id, l.store_id
from pricing.list_price p
join pricing.price_list l on l.id = p.list_id
where p.min_quantity = 1 and not exists (
    select from pricing.list_group g where g.list_id = l.id);
