create or replace function catalog.product_elsewhere(p_store bigint,
                                                     p_slug text)
    returns bigint
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    return coalesce((
        select p.id from store.store s
        join catalog.product p on p.store_id = s.id and p.slug = p_slug
            and p.deleted_at is null
        join catalog.product_store x on x.product_id = p.id
            and x.store_id = p_store
        order by p.id limit 1),
        catalog.slug_former(p_store, 'product', p_slug));
end
$$;

comment on function catalog.product_elsewhere is
    'id of a product of another store that this one shows, or of one that had'
    ' the slug before';
