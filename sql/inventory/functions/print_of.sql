create or replace function inventory.print_of(product bigint)
    returns bigint
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select hashtextextended(coalesce(string_agg(format('%s:%s:%s',
               s.variant_id, s.warehouse_id, s.on_hand), ' '
               order by s.variant_id, s.warehouse_id), ''), 0)
           & 1152921504606846975
    from inventory.stock s where s.product_id = product
$$;

comment on function inventory.print_of is
    'what If-Match compares: it moves with what is on hand, not with what'
    ' orders reserve';
