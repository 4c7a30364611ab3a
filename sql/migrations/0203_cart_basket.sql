-- The values that cart.quote() computes with.

create type cart.rate as (
    tax_class  text,
    name       text,
    rate       numeric
);

create type cart.way as (
    code          text,
    amount        bigint,
    tax_class     text,
    min_subtotal  bigint,
    max_grams     bigint
);

create type cart.offered as (
    variant_id         bigint,
    quantity           bigint,
    product_id         bigint,
    variants           int,
    price              bigint,
    tax_class          text,
    requires_shipping  boolean,
    grams              bigint,
    sku                text,
    name               text,
    options            jsonb,
    image              jsonb,
    available          bigint
);

create type cart.basket as (
    id             int,
    currency       text,
    country        text,
    postal_code    text,
    method         text,
    coupons        jsonb,
    problem        text,
    included       boolean,
    display_limit  int,
    rates          cart.rate[],
    ways           cart.way[],
    lines          cart.offered[]
);

create type cart.quoted as (
    id       int,
    problem  text,
    body     text,
    total    bigint,
    method   text,
    lines    cart.line[]
);

comment on type cart.rate is 'a tax of a class in the zone of the address';
comment on type cart.way is 'a way to ship there, if subtotal and weight fit';
comment on type cart.offered is 'a line with what is sold; null price: nothing';
comment on type cart.basket is 'a cart with all that its price depends on';
comment on type cart.quoted is 'a quote; problem: why it can''t be ordered';
