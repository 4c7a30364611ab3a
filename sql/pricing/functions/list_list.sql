create or replace function pricing.list_list(p_store bigint, p_limit int,
        p_cursor text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    place bigint := pricing.place_of(p_cursor);
begin
    return query
    select pricing.page_json(array_agg(pricing.list_body(l) order by l.id),
                             array_agg(l.id::text order by l.id), p_limit)
    from (select * from pricing.price_list t
          where t.store_id = p_store and (place is null or t.id > place)
          order by t.id limit p_limit + 1) as l;
end
$$;

comment on function pricing.list_list is 'GET /price-lists';
