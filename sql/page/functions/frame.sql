create or replace function page.frame(store bigint, actor uuid,
                                      parts text default '')
    returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return (
        select '{"store": ' || s.body
            || ', "categories": ' || coalesce((c.body::json -> 'items')::text, '[]')
            || ', "user": ' || coalesce(page.viewer(actor)::text, 'null')
            || parts || '}'
        from store.store s
        left join lateral catalog.category_list(s.id, 100, null) as c on true
        where s.id = store
    );
end
$$;

comment on function page.frame is
    'the data of a page: what every page has, and parts (", \"name\": json")';
