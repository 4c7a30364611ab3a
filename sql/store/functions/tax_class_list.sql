create or replace function store.tax_class_list(p_store bigint, p_limit int,
        p_cursor text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    place text := api.cursor_decode(p_cursor);
begin
    return query
    select api.page(array_agg(store.tax_class_json(c) order by c.code),
                    array_agg(c.code order by c.code), p_limit)
    from (select t.* from store.tax_class t
          where t.store_id = p_store and (place is null or t.code > place)
          order by t.code limit p_limit + 1) as c;
end
$$;

comment on function store.tax_class_list is 'GET /tax-classes';
