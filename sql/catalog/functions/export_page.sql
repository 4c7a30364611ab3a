create or replace function catalog.export_page(store bigint, actor uuid,
        manager boolean, after bigint, size int)
    returns table (body text, next bigint)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    own store.store;
    seller constant uuid := case when not manager
        and 'seller' = any (identity.roles_of(actor)) then actor end;
    others text[];
    home bigint;
begin
    select s.* into strict own from store.store s where s.id = store;
    others := array_remove(own.currencies, own.currency);
    -- the one whose stock an import sets
    select w.id into home from inventory.warehouse w
        where w.store_id = store
        order by not w.active, w.position, w.id limit 1;
    return query
    with page as materialized (
        select p.* from catalog.product p
        where p.store_id = store and p.id > after and p.deleted_at is null
        and p.version > 0 and (seller is null or p.seller_id = seller)
        order by p.id limit size
    )
    select case when after < 0 then catalog.csv_line(
                    array['slug', 'sku', 'name', 'description', 'status',
                          'category', 'type', 'tax_class', 'currency',
                          'price', 'compare_at_price']
                    || array(select 'price.' || c from unnest(others) as c)
                    || array['stock', 'barcode', 'weight_grams',
                             'requires_shipping', 'min_quantity',
                             'max_quantity', 'quantity_step', 'publish_at',
                             'unpublish_at', 'tags', 'images', 'options',
                             'attributes', 'seo', 'metadata',
                             'translations'])
                else '' end
           || coalesce((select string_agg(catalog.export_line(p, own, others,
                                          home), '' order by p.id)
                        from page p), ''),
           case when (select count(*) from page) = size
                then (select max(p.id) from page p) end;
end
$$;

comment on function catalog.export_page is
    'GET /exports/products.csv, a piece after the other: lines of the products'
    ' after one, and the last of them if there are more';
