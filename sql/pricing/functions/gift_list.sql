create or replace function pricing.gift_list(p_store bigint, p_limit int,
        p_cursor text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    place text[] := string_to_array(api.cursor_decode(p_cursor), ' ');
begin
    if array_to_string(place, ' ')
        !~ '^[0-9]{1,18} [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
    then
        perform api.fail('ZZ422', 'This cursor was not given by this list.',
                         'cursor');
    end if;
    return query
    select pricing.page_json(
        array_agg(pricing.gift_body(g) order by g.created_at desc, g.id desc),
        array_agg(concat_ws(' ', (extract(epoch from g.created_at)
                      * 1000000)::bigint, g.id)
                  order by g.created_at desc, g.id desc), p_limit)
    from (select * from pricing.gift_card t
          where t.store_id = p_store and (place is null
              or (t.created_at, t.id) < (to_timestamp(0)
                  + place[1]::bigint * interval '1 microsecond',
                  place[2]::uuid))
          order by t.created_at desc, t.id desc limit p_limit + 1) as g;
end
$$;

comment on function pricing.gift_list is 'GET /gift-cards, the newest first';
