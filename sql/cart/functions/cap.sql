create or replace function cart.cap(p_cart jsonb, p_lines cart.line[])
    returns table (capped text, cart jsonb)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    -- what is sold out or not for sale stays: the cart tells it
    select string_agg('v' || l.variant_id || ' ' || k.quantity, ' ')
               filter (where k.quantity < l.quantity),
           p_cart || jsonb_build_object('lines', coalesce(jsonb_agg(
               jsonb_build_array(l.variant_id, k.quantity)
               order by l.ordinality), '[]'))
    from unnest(p_lines) with ordinality as l
    cross join lateral (
        select case when l.unit_price is null then l.quantity
               else least(l.quantity, greatest(l.available, 1)) end
    ) as k (quantity)
    -- gifts come after the cart's own lines
    where l.ordinality <= jsonb_array_length(p_cart -> 'lines')
$$;

comment on function cart.cap is
    'a cart with quantities cut to what is available, one at least, and what'
    ' was cut: two carts may have been joined';
