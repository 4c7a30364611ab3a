create or replace function inventory.visible(product bigint)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('product_id', product::text,
               'in_stock', coalesce(max(k.shown), 0) > 0,
               'available', coalesce(least(sum(k.shown),
                                           max(k.display_limit)), 0))
           || case when sum(k.on_hand - k.reserved)
                            filter (where k.for_sale) <= 0
                        and max(k.shown) > 0
                   then '{"backorder": true}'::jsonb else '{}' end
    from inventory.stock k where k.product_id = product
$$;

comment on function inventory.visible is
    'stock of a product as everyone sees it; backorder: it may be ordered, and'
    ' is not there yet';
