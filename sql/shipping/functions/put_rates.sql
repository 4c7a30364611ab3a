create or replace function shipping.put_rates(m shipping.method,
        p_rates jsonb)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    rates shipping.rate[] := array(
        select shipping.rate_of(m, x.value, '/rates/' || x.n - 1)
        from jsonb_array_elements(p_rates) with ordinality as x (value, n)
        order by x.n);
begin
    delete from shipping.rate t where t.method_id = m.id;
    insert into shipping.rate (method_id, zone_id, currency, amount,
        min_subtotal, max_subtotal, min_grams, max_grams, min_items,
        max_items)
    select r.method_id, r.zone_id, r.currency, r.amount, r.min_subtotal,
           r.max_subtotal, r.min_grams, r.max_grams, r.min_items, r.max_items
    from unnest(rates) as r;
exception when unique_violation then
    perform api.fail('SH422', 'Two rates are for the same.', '/rates');
end
$$;

comment on function shipping.put_rates is
    'what a way to ship costs by zone, currency, subtotal, weight and number';
