create or replace function catalog.product_of_slug(p_store bigint, p_slug text)
    returns bigint
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return coalesce((select p.id from catalog.product p
                     where p.store_id = p_store and p.slug = p_slug
                     and p.deleted_at is null),
                    catalog.product_elsewhere(p_store, p_slug));
end
$$;

comment on function catalog.product_of_slug is
    'id of a product by its slug, or a former one, or null; not inlined, so'
    ' that a read by id costs nothing for it';
