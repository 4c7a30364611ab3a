create or replace function catalog.import_products(store store.store,
        seller uuid, rows catalog.import_row[])
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    with doc as materialized (
        select r.product_id as id, catalog.merged(r.cells order by r.line) as d
        from unnest(rows) as r where r.made
        group by r.product_id
    ), slugged as (
        select d.id, d.d, coalesce(d.d ->> 'slug', case
                   when s.slug !~ '[a-z]' then 'product-' || d.id
                   when s.slug in ('bulk', 'manage', 'search', 'suggest')
                   then s.slug || '-' || d.id
                   when row_number() over (partition by s.slug
                            order by d.d ? 'slug' desc, d.id) > 1
                   or exists (select from catalog.product p
                              where p.store_id = store.id and p.slug = s.slug
                              and p.deleted_at is null)
                   then s.slug || '-' || d.id
                   else s.slug end) as slug
        from doc d
        cross join lateral (
            select coalesce(d.d ->> 'slug',
                            catalog.slug_of(d.d ->> 'name'))) as s (slug)
    )
    insert into catalog.product (id, store_id, slug, name, status, tax_class,
                                 seller_id, published_at)
    select s.id, store.id, s.slug, s.d ->> 'name',
           coalesce(s.d ->> 'status', 'published'),
           coalesce(s.d ->> 'tax_class', store.tax_class), seller,
           case when coalesce(s.d ->> 'status', 'published') = 'published'
                then now() end
    from slugged s
    order by s.id
$$;

comment on function catalog.import_products is
    'new products of rows, at version 0: not seen yet';
