create or replace function inventory.show_products(products bigint[])
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    -- two variants may be sold at the same time: one sees the other's stock
    -- after it has this lock
    perform from inventory.shown h where h.product_id = any (products)
        order by h.product_id for no key update;

    insert into inventory.shown as h (product_id, args, stamp)
    select s.product_id, s.args, hashtext(s.args::text)
    from (select v.product_id, array[(max(v.shown) > 0)::text]
                 || array_agg(v.shown::text order by v.variant_id) as args
          from (select k.product_id, k.variant_id,
                       least(sum(k.shown), max(k.display_limit)) as shown
                from inventory.stock k
                where k.product_id = any (products)
                group by 1, 2) as v
          group by 1
          order by 1) as s
    on conflict (product_id) do update
    set args = excluded.args, stamp = excluded.stamp,
        version = nextval('inventory.event_seq')
    where h.args <> excluded.args;
end
$$;

comment on function inventory.show_products is
    'keeps what is shown of the stock of products';
