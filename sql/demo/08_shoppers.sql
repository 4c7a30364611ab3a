-- What is bought together (neighbours in a department), and the lists of a
-- shopper.

with placed as (
    select d.id, d.store_id, d.h, c.path[1] as department,
           row_number() over (partition by d.store_id, c.path[1]
                              order by hashtext(d.name), d.id) as place
    from demo_product d
    join catalog.product p on p.id = d.id
    join catalog.category c on c.id = p.category_id
), pairs as (
    select a.id as one, b.id as two, 2 + a.h % 20 + b.h % 20 as orders
    from placed a
    join placed b on b.store_id = a.store_id
        and b.department = a.department
        and b.place - a.place in (1, 4, 9)
)
insert into recommendation.pair (product_id, other_id, orders)
select one, two, orders from pairs
union all
select two, one, orders from pairs;

with made as (
    insert into wishlist.list (store_id, user_id, role, name, note, share_id)
    select 1, a.id, w.role, w.name, w.note,
           case when w.shared then gen_random_uuid() end
    from identity.account a
    cross join (values
        ('default', 'Wishlist', null, false),
        ('saved', 'Saved for later', null, false),
        (null, 'Birthday', 'In May, as every year.', true))
        as w (role, name, note, shared)
    where a.email = 'customer@demo.test'
    returning *
)
insert into wishlist.item (list_id, product_id, added_price, added_currency)
select m.id, o.product_id, o.price, o.currency
from made m
cross join lateral (
    select distinct on (f.product_id) f.product_id, f.price, f.currency
    from catalog.offer f
    where f.store_id = 1 and f.currency = 'EUR'
    and hashtext(m.name || f.product_id) % 200 = 0
    order by f.product_id, f.price limit 6) as o;
