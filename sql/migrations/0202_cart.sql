-- What cart.quote() tells of a line: enough to order it.
create type cart.line as (
    product_id  bigint,
    variant_id  bigint,
    quantity    bigint,
    unit_price  bigint,
    line_total  bigint,
    tax         bigint,
    tax_rate    numeric,
    available   bigint
);

comment on type cart.line is 'a line of a quote; null unit_price: not for sale';
