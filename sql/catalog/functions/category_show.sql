drop function if exists catalog.category_show(bigint, text);

create or replace function catalog.category_show(store bigint, ref text,
                                                 locale text)
    returns table (body text, etag text, tags text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
    return query
    select j.body, c.version || '.' || to_hex(hashtext(j.body)),
           'catalog:' || store
    from catalog.category c
    cross join lateral (
        select catalog.category_json(c, true, locale)::text as body
        offset 0) as j
    where c.id = catalog.category_find(store, ref);
end
$$;

comment on function catalog.category_show is
    'GET /categories/{id}: a category and those below it, by id, slug or a'
    ' former slug';
