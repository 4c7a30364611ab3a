create or replace function page.sitemap(store bigint, base text)
    returns table (body text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    with entry as (
        select '/' as path, null::timestamptz as at, 0 as n
        union all
        select '/categories/' || c.slug, c.updated_at, 1
        from catalog.category c where c.store_id = store and not c.removed
        union all
        (select '/products/' || p.slug, p.updated_at, 2
         from catalog.product p
         where p.store_id = store and p.status = 'published'
         and p.deleted_at is null
         order by p.id desc limit 45000)
    )
    select '<?xml version="1.0" encoding="UTF-8"?>'
        || '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        || string_agg('<url><loc>'
            || replace(replace(base, '&', '&amp;'), '<', '&lt;') || e.path
            || '</loc>'
            || coalesce('<lastmod>' || to_char(e.at at time zone 'UTC',
                            'YYYY-MM-DD') || '</lastmod>', '')
            || '</url>', '' order by e.n, e.path)
        || '</urlset>'
    from entry e
$$;

comment on function page.sitemap is
    'sitemap.xml: home, categories and the newest 45,000 products';
