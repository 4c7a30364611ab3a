create or replace function catalog.category_show(store bigint, ref text)
    returns table (body text, etag text, tags text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select catalog.category_json(c)::text,
           c.version || '.' || to_hex(hashtext(catalog.category_json(c)::text)),
           'catalog:' || store
    from catalog.category c
    where c.id = catalog.category_find(store, ref)
$$;

comment on function catalog.category_show is
    'GET /categories/{id}: a category and those below it, by slug or id';
