create or replace function pricing.group_list(p_store bigint, p_limit int,
        p_cursor text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    place bigint := pricing.place_of(p_cursor);
begin
    return query
    select pricing.page_json(array_agg(pricing.group_body(g) order by g.id),
                             array_agg(g.id::text order by g.id), p_limit)
    from (select * from pricing.customer_group t
          where t.store_id = p_store and (place is null or t.id > place)
          order by t.id limit p_limit + 1) as g;
end
$$;

comment on function pricing.group_list is 'GET /customer-groups';
