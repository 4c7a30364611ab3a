create or replace function page.frame(store bigint, actor uuid,
                                      parts text default '')
    returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return (
        select format('{"store": %s, "categories": [%s], "user": %s%s}',
                   s.body, array_to_string(catalog.category_tree(s.id, array(
                       select c.id from catalog.category c
                       where c.store_id = s.id and c.parent_id is null
                       and not c.removed
                       order by c.position, c.id limit 100)), ','),
                   coalesce(page.viewer(actor)::text, 'null'), parts)
        from store.store s
        where s.id = store
    );
end
$$;

comment on function page.frame is
    'the data of a page: what every page has, and parts (", \"name\": json")';
