-- Stock: most is plenty, some is scarce, a little is sold out or may be ordered
-- before it is there; a part of it is in a second warehouse.

update inventory.warehouse w
set name = v.name, country = v.country, address = v.address
from (values
    (1, 'Hamburg', 'DE', '{"line1": "Am Sandtorkai 4", "postal_code": "20457",
                           "city": "Hamburg"}'::jsonb),
    (2, 'Reno', 'US', '{"line1": "220 Mill Street", "postal_code": "89501",
                        "city": "Reno", "region": "NV"}')
    ) as v (store_id, name, country, address)
where w.store_id = v.store_id and w.code = 'main';

insert into inventory.warehouse (store_id, code, name, country, address,
                                 position)
values
    (1, 'leeds', 'Leeds', 'GB', '{"line1": "8 Dock Street",
        "postal_code": "LS10 1JF", "city": "Leeds"}', 2),
    (2, 'rotterdam', 'Rotterdam', 'NL', '{"line1": "Wilhelminakade 9",
        "postal_code": "3072 AP", "city": "Rotterdam"}', 2);

create temp table demo_stock on commit drop as
select s.variant_id, s.warehouse_id, case
           when h % 41 = 0 then 0
           when h % 7 = 0 then 1 + h % 9
           else 20 + h % 180
       end as pieces
from (select s.*, abs(hashtext('stock' || s.variant_id)) as h
      from inventory.stock s
      join demo_variant v on v.id = s.variant_id) as s;

insert into inventory.movement (store_id, product_id, variant_id,
                                warehouse_id, on_hand_delta, reason)
select s.store_id, s.product_id, s.variant_id, s.warehouse_id, d.pieces,
       'first stock'
from demo_stock d join inventory.stock s using (variant_id, warehouse_id)
where d.pieces > 0
order by s.variant_id;

-- nobody needs three thousand events of a shop that opens
alter table inventory.stock disable trigger stock_moved;

update inventory.stock s
set on_hand = d.pieces,
    backorder_limit = case when d.pieces = 0 and s.variant_id % 2 = 0 then 25
                           else 0 end
from demo_stock d
where s.variant_id = d.variant_id and s.warehouse_id = d.warehouse_id;

alter table inventory.stock enable trigger stock_moved;

-- the second warehouse has some of what the first has plenty of
insert into inventory.stock (variant_id, warehouse_id, product_id, store_id,
                             on_hand, low_stock_threshold, display_limit)
select s.variant_id, w.id, s.product_id, s.store_id, s.on_hand / 4,
       s.low_stock_threshold, s.display_limit
from demo_stock d
join inventory.stock s using (variant_id, warehouse_id)
join inventory.warehouse w on w.store_id = s.store_id
    and w.id <> s.warehouse_id
where s.on_hand > 100
order by s.variant_id;

insert into inventory.movement (store_id, product_id, variant_id,
                                warehouse_id, on_hand_delta, reason)
select s.store_id, s.product_id, s.variant_id, s.warehouse_id, s.on_hand,
       'first stock'
from inventory.stock s
join inventory.warehouse w on w.id = s.warehouse_id
where w.code in ('leeds', 'rotterdam')
order by s.variant_id;

-- and gets more of it
with draft as (
    insert into inventory.transfer (store_id, from_id, to_id, note)
    select 1, a.id, b.id, 'For the spring catalogue'
    from inventory.warehouse a, inventory.warehouse b
    where a.store_id = 1 and a.code = 'main'
    and b.store_id = 1 and b.code = 'leeds'
    returning id, from_id
)
insert into inventory.transfer_line (transfer_id, variant_id, quantity)
select d.id, s.variant_id, 10
from draft d
join inventory.stock s on s.warehouse_id = d.from_id and s.on_hand > 150
order by s.variant_id limit 8;

select inventory.show_products(array(
    select distinct s.product_id
    from demo_stock d join inventory.stock s using (variant_id, warehouse_id)
    order by 1));
