create or replace function catalog.category_show(store bigint, ref text)
    returns table (body text, etag text, tags text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return query
    select catalog.category_json(c)::text,
           c.version || '.' || to_hex(hashtext(catalog.category_json(c)::text)),
           'catalog:' || store
    from catalog.category c
    where c.id = catalog.category_find(store, ref);
end
$$;

comment on function catalog.category_show is
    'GET /categories/{id}: a category and those below it, by slug or id';
