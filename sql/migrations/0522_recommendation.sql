-- What else one might like: counted from orders.

create schema recommendation;

comment on schema recommendation is 'what is bought together, what is similar';

grant usage on schema recommendation to shop_gateway, shop_worker, shop_reader;

create table recommendation.basket (
    order_id    uuid primary key,
    queued_at   timestamptz not null default now()
);

create index basket_queued_at on recommendation.basket (queued_at);

comment on table recommendation.basket is
    'paid orders of several products that are not counted yet';

create table recommendation.pair (
    product_id  bigint not null,
    other_id    bigint not null,
    orders      bigint not null check (orders > 0),
    last_at     timestamptz not null default now(),
    primary key (product_id, other_id),
    check (product_id <> other_id)
) with (fillfactor = 80);

create index pair_best on recommendation.pair
    (product_id, orders desc, other_id);
create index pair_last_at on recommendation.pair (last_at);

comment on table recommendation.pair is
    'in how many orders two products were together; both ways';

-- what is alike is looked for among the neighbours of a category
create index if not exists product_neighbour on catalog.product
    (category_id, id) where deleted_at is null and status = 'published';
