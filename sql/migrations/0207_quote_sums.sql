-- The statement of a quote adds up what it can.

drop function if exists cart.price(int, text, text, text, text, text, boolean,
    text[], text[], numeric[], numeric[], cart.way[], cart.offered[]);

alter type cart.offered
    drop attribute variants,
    drop attribute requires_shipping,
    drop attribute grams,
    drop attribute item;

comment on type cart.offered is
    'a line with what its tax depends on; null price: it is not for sale';
