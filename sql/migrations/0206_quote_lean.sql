-- What a quote carries from line to line gets smaller, and hot tables lose
-- indexes that nothing reads.

drop function if exists cart.price(cart.basket);
drop function if exists cart.item(cart.offered, text, int);
drop function if exists cart.tax_lines(cart.rate[], bigint[], text);
drop function if exists cart.body(cart.basket, text, bigint, cart.way,
                                  bigint, text, bigint);
drop type cart.basket;
drop type cart.rate;

alter type cart.offered
    drop attribute sku,
    drop attribute name,
    drop attribute options,
    drop attribute image,
    add attribute item text;

comment on type cart.offered is
    'a line with what its price depends on; null price: it is not for sale;'
    ' item: the line as people read it';

-- an order's id grows with time: the primary key is the order of lists
drop index "order".orders_newest;
drop index "order".orders_user;
create index orders_user on "order".orders (user_id, id desc)
    where user_id is not null;
drop index payment.payment_order;
drop index if exists inventory.reservation_expires_at;
drop index if exists inventory.reservation_variant;
