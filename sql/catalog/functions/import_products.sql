create or replace function catalog.import_products(store store.store,
        seller uuid, rows catalog.import_row[])
    returns void
    language plpgsql volatile
as $$
begin
    insert into catalog.product (id, store_id, slug, name, description, status,
        category_id, type_id, tax_class, seller_id, attributes, seo, metadata,
        tags, translations, version, published_at, publish_at, unpublish_at)
    select s.product_id, store.id, s.slug, s.d ->> 'name',
           coalesce(nullif(s.d ->> 'description', '-'), ''), s.status,
           s.category_id, s.type_id,
           coalesce(s.d ->> 'tax_class', store.tax_class), seller,
           case when s.own is null and s.attributes is null then '{}'
               else catalog.import_attributes(null, s.own, s.attributes) end,
           s.seo, s.metadata, s.tags,
           case when s.said is null and s.words is null then '{}'
               else catalog.import_translations(null, s.said, s.words) end,
           1, case when s.status = 'published' then now() end, s.begins, s.ends
    from (
        select m.*, a.status, a.begins, a.ends,
               coalesce(m.d ->> 'slug', case
                   when m.base !~ '[a-z]' then 'product-' || m.product_id
                   when m.base in ('bulk', 'manage', 'search', 'suggest')
                   then m.base || '-' || m.product_id
                   when row_number() over (partition by m.base
                            order by m.d ? 'slug' desc, m.product_id) > 1
                   or exists (select from catalog.product p
                              where p.store_id = store.id and p.slug = m.base
                              and p.deleted_at is null)
                   then m.base || '-' || m.product_id
                   else m.base end) as slug
        from (select o.*, coalesce(o.d ->> 'slug',
                                   catalog.slug_of(o.d ->> 'name')) as base
              from catalog.import_documents(store.id, rows, true) as o
              offset 0) as m
        cross join lateral catalog.import_dates(null, m.d) as a) as s
    order by s.product_id;
end
$$;

comment on function catalog.import_products is
    'new products of rows: nobody sees them before they are announced';
