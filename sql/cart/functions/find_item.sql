create or replace function cart.find_item(p_store bigint, p_barcode text,
        p_sku text)
    returns table (variant_id bigint)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select v.id from catalog.variant v
    where v.store_id = p_store and v.barcode = p_barcode
        and v.deleted_at is null and (p_sku is null or v.sku = p_sku)
    union
    select v.id from catalog.variant v
    where v.store_id = p_store and v.sku = p_sku and v.deleted_at is null
        and p_barcode is null
    limit 2;
end
$$;

comment on function cart.find_item is
    'what a till has scanned; two rows: it is more than one thing';
