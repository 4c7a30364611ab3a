create or replace function inventory.named(store bigint, items jsonb)
    returns bigint[]
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    select array(
        select v.id from catalog.variant v
        where v.store_id = store and v.sku = any (array(
            select i ->> 'sku' from jsonb_array_elements(items) as i))
        union
        select v.id from catalog.variant v
        where v.store_id = store and v.id = any (array(
            select (i ->> 'variant_id')::bigint
            from jsonb_array_elements(items) as i
            where i ->> 'variant_id' ~ '^[0-9]{1,18}$'))
        union
        select v.id from catalog.variant v
        where v.store_id = store and v.product_id = any (array(
            select (i ->> 'product_id')::bigint
            from jsonb_array_elements(items) as i
            where i ->> 'product_id' ~ '^[0-9]{1,18}$')))
$$;

comment on function inventory.named is
    'the variants that a list of changes is about, to be locked together';
