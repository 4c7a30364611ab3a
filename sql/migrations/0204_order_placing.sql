-- What "order".place_orders() works with, an element an order.

create type "order".placing as (
    n         int,
    j         jsonb,
    quote     cart.quoted,
    hold      interval,
    known     uuid,
    same      int,
    refusal   text
);

create type "order".taken as (
    n             int,
    store_id      bigint,
    product_id    bigint,
    variant_id    bigint,
    warehouse_id  bigint,
    quantity      bigint,
    shows         boolean
);

comment on type "order".placing is
    'an order on its way; known: placed before, same: another item of the'
    ' batch, refusal: the code of why not';
comment on type "order".taken is
    'what an order takes from a warehouse; shows: what is shown of it changes';
