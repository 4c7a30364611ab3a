create or replace function pricing.gift_entries(p_store bigint, p_id uuid,
        p_limit int, p_cursor text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    place bigint := pricing.place_of(p_cursor);
begin
    return query
    select pricing.page_json(
        array_agg(jsonb_build_object('id', e.id::text, 'at', api.time(e.at),
            'delta', api.money(e.delta, g.currency),
            'balance', api.money(e.balance, g.currency),
            'reason', e.reason, 'order_id', e.order_id, 'actor', e.actor,
            'note', e.note) order by e.id desc) filter (where e.id is not null),
        array_agg(e.id::text order by e.id desc), p_limit)
    from pricing.gift_card g
    left join lateral (
        select * from pricing.gift_entry t
        where t.gift_card_id = g.id and (place is null or t.id < place)
        order by t.id desc limit p_limit + 1) as e on true
    where g.id = p_id and g.store_id = p_store
    group by g.id;
end
$$;

comment on function pricing.gift_entries is
    'GET /gift-cards/{gift_card}/entries, the newest first';
