create type search.keys as (
    product_id  bigint,
    store_id    bigint,
    keys        int[],
    shown       int[],
    path        int[],
    missing     boolean
);

comment on type search.keys is 'the numbers of what a product is found by';
