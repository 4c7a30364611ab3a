create or replace function pricing.list_prices(p_store bigint, p_list bigint,
        p_limit int, p_cursor text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    place text[] := string_to_array(api.cursor_decode(p_cursor), ' ');
begin
    if array_to_string(place, ' ')
        !~ '^[0-9]{1,18} [A-Z]{3} [0-9]{1,7}$'
    then
        perform api.fail('ZZ422', 'This cursor was not given by this list.',
                         'cursor');
    end if;
    return query
    select pricing.page_json(
        array_agg(jsonb_build_object('variant_id', p.variant_id::text,
            'sku', p.sku, 'min_quantity', p.min_quantity,
            'price', api.money(p.amount, p.currency)) order by p.n)
            filter (where p.n is not null),
        array_agg(concat_ws(' ', p.variant_id, p.currency, p.min_quantity)
                  order by p.n), p_limit)
    from pricing.price_list l
    left join lateral (
        select t.*, v.sku, row_number() over (order by t.variant_id,
                   t.currency, t.min_quantity) as n
        from pricing.list_price t
        join catalog.variant v on v.id = t.variant_id
        where t.list_id = l.id and (place is null
            or (t.variant_id, t.currency, t.min_quantity)
                > (place[1]::bigint, place[2], place[3]::int))
        order by t.variant_id, t.currency, t.min_quantity
        limit p_limit + 1) as p on true
    where l.id = p_list and l.store_id = p_store
    group by l.id;
end
$$;

comment on function pricing.list_prices is 'GET /price-lists/{list}/prices';
