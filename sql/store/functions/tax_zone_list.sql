create or replace function store.tax_zone_list(p_store bigint, p_limit int,
        p_cursor text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    place bigint := api.cursor_id(p_cursor);
begin
    return query
    select api.page(array_agg(store.tax_zone_json(z) order by z.id),
                    array_agg(z.id::text order by z.id), p_limit)
    from (select t.* from store.tax_zone t
          where t.store_id = p_store and (place is null or t.id > place)
          order by t.id limit p_limit + 1) as z;
end
$$;

comment on function store.tax_zone_list is 'GET /tax-zones';
