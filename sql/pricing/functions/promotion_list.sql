create or replace function pricing.promotion_list(p_store bigint,
        p_active boolean, p_automatic boolean, p_limit int, p_cursor text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    place bigint := pricing.place_of(p_cursor);
begin
    return query
    select pricing.page_json(
        array_agg(pricing.promotion_body(p) order by p.id desc),
        array_agg(p.id::text order by p.id desc), p_limit)
    from (select * from pricing.promotion t
          where t.store_id = p_store and (place is null or t.id < place)
              and (p_active is null or t.active = p_active)
              and (p_automatic is null or t.automatic = p_automatic)
          order by t.id desc limit p_limit + 1) as p;
end
$$;

comment on function pricing.promotion_list is
    'GET /promotions, the newest first';
