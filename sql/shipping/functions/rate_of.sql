create or replace function shipping.rate_of(m shipping.method, p_rate jsonb,
        p_field text)
    returns shipping.rate
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    r shipping.rate := jsonb_populate_record(null::shipping.rate,
        '{"min_subtotal": 0, "min_grams": 0, "min_items": 0}'
        || jsonb_strip_nulls(p_rate - '{amount,zone_id}'::text[]));
begin
    select z.id into r.zone_id from shipping.zone z
    where z.store_id = m.store_id and z.id::text = p_rate ->> 'zone_id';
    r.method_id := m.id;
    r.amount := p_rate -> 'amount' ->> 'amount';
    r.currency := p_rate -> 'amount' ->> 'currency';
    if r.zone_id is null then
        perform api.fail('SH422', 'There is no such shipping zone.',
                         p_field || '/zone_id');
    elsif not exists (select from store.store s where s.id = m.store_id
                      and r.currency = any (s.currencies))
    then
        perform api.fail('SH422', 'is not one of the store''s',
                         p_field || '/amount/currency');
    elsif r.max_subtotal <= r.min_subtotal then
        perform api.fail('SH422', 'must be more than min_subtotal',
                         p_field || '/max_subtotal');
    elsif r.max_grams < r.min_grams then
        perform api.fail('SH422', 'must be at least min_grams',
                         p_field || '/max_grams');
    elsif r.max_items < r.min_items then
        perform api.fail('SH422', 'must be at least min_items',
                         p_field || '/max_items');
    end if;
    return r;
end
$$;

comment on function shipping.rate_of is
    'a rate from the body of a request: refuses what is never met';
