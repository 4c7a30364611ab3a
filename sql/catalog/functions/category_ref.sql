create or replace function catalog.category_ref(category bigint)
    returns json
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return (
        select json_build_object('id', c.id::text, 'slug', c.slug,
            'name', c.name, 'path', (select json_agg(json_build_object('id', a.id::text,
                                     'slug', a.slug, 'name', a.name)
                                     order by cardinality(a.path))
                     from catalog.category a where a.id = any (c.path)))
        from catalog.category c where c.id = category
    );
end
$$;

comment on function catalog.category_ref is
    'a category as its products show it, with the way from the root';
