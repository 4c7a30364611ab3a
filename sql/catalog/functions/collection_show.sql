create or replace function catalog.collection_show(store bigint, ref text,
        locale text, staff boolean)
    returns table (body text, etag text, tags text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
    return query
    select j.body, c.version || '.' || to_hex(hashtext(j.body)),
           'catalog:' || store
    from catalog.collection c
    cross join lateral (
        select catalog.collection_json(c, locale) as body offset 0) as j
    where c.id = catalog.collection_find(store, ref)
    and (c.published or staff);
end
$$;

comment on function catalog.collection_show is
    'GET /collections/{id}: by id, slug or a former slug';
