-- Coupons to try and a gift card to pay with; in the second store an offer that
-- needs no coupon, and a group with prices of its own.

insert into pricing.customer_group (store_id, code, name)
values (2, 'trade', 'Trade customers');

insert into pricing.member (user_id, group_id)
select a.id, g.id
from identity.account a, pricing.customer_group g
where a.email = 'seller@demo.test' and g.code = 'trade';

with list as (
    insert into pricing.price_list (store_id, name, priority)
    values (2, 'Trade', 10)
    returning id
), made as (
    insert into pricing.list_group (list_id, group_id)
    select l.id, g.id from list l, pricing.customer_group g
    where g.code = 'trade'
)
insert into pricing.list_price (list_id, variant_id, currency, min_quantity,
                                amount)
select l.id, p.variant_id, p.currency, t.min_quantity,
       p.amount * t.percent / 100
from list l
cross join catalog.price p
join catalog.variant v on v.id = p.variant_id and v.store_id = 2
cross join (values (1, 90), (10, 80)) as t (min_quantity, percent)
where v.product_id % 5 = 0;

-- coupons: WELCOME10, FREESHIP, THREEFORTWO, and one that ends when it has
-- been used 100 times
select pricing.promotion_add(1, null, p::jsonb, null, null)
from unnest(array[
    '{"name": "10 % off your first order", "kind": "percentage",
      "basis_points": 1000, "first_order": true}',
    '{"name": "Free delivery", "kind": "free_shipping",
      "min_totals": [{"amount": 2000, "currency": "EUR"},
                     {"amount": 2000, "currency": "USD"}]}',
    '{"name": "Three for two", "kind": "buy_x_get_y", "buy_quantity": 2,
      "get_quantity": 1, "max_times": 2}',
    '{"name": "5.00 off from 50.00", "kind": "fixed", "max_uses": 100,
      "amounts": [{"amount": 500, "currency": "EUR"},
                  {"amount": 500, "currency": "USD"}],
      "min_totals": [{"amount": 5000, "currency": "EUR"},
                     {"amount": 5000, "currency": "USD"}]}']) as p;

select pricing.coupon_add(1, p.id, null,
    jsonb_build_object('code', c.code), null, null)
from (values ('10 % off your first order', 'WELCOME10'),
             ('Free delivery', 'FREESHIP'),
             ('Three for two', 'THREEFORTWO'),
             ('5.00 off from 50.00', 'FIVE')) as c (name, code)
join pricing.promotion p on p.store_id = 1 and p.name = c.name;

select pricing.promotion_add(2, null, '{"name": "Northern lights: 5 % off",
    "kind": "percentage", "basis_points": 500, "automatic": true,
    "min_totals": [{"amount": 10000, "currency": "USD"},
                   {"amount": 10000, "currency": "EUR"}]}', null, null);

-- a card over 50.00 with a code that people can type: DEMO-GIFT-CARD-0001
insert into pricing.gift_card (store_id, code_hash, hint, currency, initial,
                               note)
values (1, pricing.gift_hash('DEMO-GIFT-CARD-0001'), '0001', 'EUR', 5000,
        'of the demo shop');

select pricing.move_gift(g.id, 5000, 'issued', null, null, '')
from pricing.gift_card g where g.store_id = 1;
