create or replace function store.exemption_list(p_store bigint,
        p_user uuid, p_limit int, p_cursor text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    place bigint := api.cursor_id(p_cursor);
begin
    return query
    select api.page(array_agg(store.exemption_json(e) order by e.id),
                    array_agg(e.id::text order by e.id), p_limit)
    from (select t.* from store.tax_exemption t
          where t.store_id = p_store and (place is null or t.id > place)
              and (p_user is null or t.user_id = p_user)
          order by t.id limit p_limit + 1) as e;
end
$$;

comment on function store.exemption_list is 'GET /tax-exemptions';
