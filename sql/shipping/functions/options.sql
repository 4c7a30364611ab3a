create or replace function shipping.options(p_cart jsonb)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    p_store bigint := p_cart ->> 'store';
    p_currency text := p_cart ->> 'currency';
    p_country text := coalesce(p_cart ->> 'country', (
        select s.countries[1] from store.store s where s.id = p_store));
begin
    return query
    with sums as (
        select sum(o.price * l.quantity) as subtotal,
               sum(o.weight_grams * l.quantity) as grams,
               bool_or(o.requires_shipping) as ships
        from (select (e ->> 0)::bigint, (e ->> 1)::bigint
              from jsonb_array_elements(p_cart -> 'lines') as e
             ) as l (variant_id, quantity)
        join catalog.offer o on o.variant_id = l.variant_id
            and o.currency = p_currency and o.store_id = p_store
    ), way as (
        select distinct on (m.id) m.code, m.name, m.estimated_days,
               m.position, r.amount
        from sums s
        join store.store t on t.id = p_store and p_country = any (t.countries)
        cross join shipping.zone_of(p_store, p_country, p_cart ->> 'region',
                                    p_cart ->> 'postal_code') z
        join shipping.rate r on r.zone_id = z.zone_id
            and r.currency = p_currency
            and r.min_subtotal <= s.subtotal
            and (r.max_grams is null or s.grams <= r.max_grams)
        join shipping.method m on m.id = r.method_id and m.active
        where s.ships
        order by m.id, r.amount
    )
    select json_build_object('items', coalesce(json_agg(json_build_object(
               'code', w.code, 'name', w.name,
               'amount', api.money(w.amount, p_currency),
               'estimated_days', w.estimated_days)
               order by w.amount, w.position, w.code), '[]'))::text
    from way w;
end
$$;

comment on function shipping.options is
    'GET /cart/shipping-options: the ways to ship a cart to its address';
