create or replace function catalog.import_slugs(store bigint,
        rows catalog.import_row[])
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform catalog.slug_left(store, 'product', n.id, n.old, n.new)
    from (
        select p.id, null as old, p.slug as new
        from unnest(rows) as r
        join catalog.product p on p.id = r.product_id
        where r.made and exists (
            select from catalog.former_slug f where f.store_id = store
            and f.kind = 'product' and f.slug = p.slug)
        group by p.id
        union all
        select p.id, p.slug, (array_agg(r.cells ->> 'slug'
                                        order by r.line desc))[1]
        from unnest(rows) as r
        join catalog.product p on p.id = r.product_id
        where not r.made and r.cells ? 'slug'
        group by p.id
    ) as n
    where n.old is distinct from n.new
    order by n.id;
end
$$;

comment on function catalog.import_slugs is
    'slugs that rows take away lead to their products; those of new products'
    ' to nobody else. Before the products are written';
