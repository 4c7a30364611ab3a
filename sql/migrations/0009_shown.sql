-- What everyone sees of a product's stock, ready for its answer: a read looks
-- up one row instead of sorting and summing the stock of the variants.

create table inventory.shown (
    product_id  bigint primary key,
    args        text[] not null,
    stamp       int not null
) with (fillfactor = 70);

comment on table inventory.shown is
    'kept by triggers of inventory.stock; no row: the product has no variant';
comment on column inventory.shown.args is
    'what fills the places of catalog.rendered.body: in stock, then what is'
    ' available of each variant by its id';
comment on column inventory.shown.stamp is 'a hash of args';

insert into inventory.shown (product_id, args, stamp)
select product_id, args, hashtext(args::text)
from (select v.product_id, array[(max(v.shown) > 0)::text]
             || array_agg(v.shown::text order by v.variant_id) as args
      from (select k.product_id, k.variant_id,
                   least(sum(k.shown), max(k.display_limit)) as shown
            from inventory.stock k group by 1, 2) as v
      group by 1) as s;
