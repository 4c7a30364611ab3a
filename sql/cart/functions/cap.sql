create or replace function cart.cap(p_cart jsonb, p_lines cart.line[])
    returns table (capped text, cart jsonb)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select string_agg('v' || l.variant_id || ' ' || l.available, ' ')
               filter (where l.available < l.quantity),
           p_cart || jsonb_build_object('lines', coalesce(jsonb_agg(
               jsonb_build_array(l.variant_id, least(l.quantity, l.available))
               order by l.ordinality) filter (where l.available > 0), '[]'))
    from unnest(p_lines) with ordinality as l
    -- gifts come after the cart's own lines
    where l.ordinality <= jsonb_array_length(p_cart -> 'lines')
$$;

comment on function cart.cap is
    'a cart with quantities cut to what is available, and what was cut:'
    ' two carts may have been joined';
