-- What cart.offers() finds of a line: all lines of a quote are looked up at once.
create type cart.wanted as (
    variant_id        bigint,
    quantity          bigint,
    product_id        bigint,
    price             bigint,
    tax_class         text,
    requires_shipping boolean,
    weight_grams      int,
    variants          int,
    item              text,
    limits            int[],
    available         numeric,
    here              numeric
);

comment on type cart.wanted is
    'a line of a cart with what catalog.offer has of it; null price: it is not'
    ' for sale; available, here: what may be ordered of it, what is there';
