-- Stock: most is plenty, some is scarce, a little is sold out.

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

update inventory.stock s set on_hand = d.pieces
from demo_stock d
where s.variant_id = d.variant_id and s.warehouse_id = d.warehouse_id;

alter table inventory.stock enable trigger stock_moved;

select inventory.show_products(array(
    select distinct s.product_id
    from demo_stock d join inventory.stock s using (variant_id, warehouse_id)
    order by 1));
