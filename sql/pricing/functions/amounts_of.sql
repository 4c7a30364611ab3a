create or replace function pricing.amounts_of(p_money jsonb, p_store bigint,
        p_field text)
    returns jsonb
    language plpgsql stable
as $$
declare
    known text[] := (select s.currencies from store.store s
                     where s.id = p_store);
    m record;
    amounts jsonb := '{}';
begin
    for m in
        select u.value ->> 'currency' as currency,
               u.value -> 'amount' as amount, u.n - 1 as place
        from jsonb_array_elements(p_money) with ordinality as u (value, n)
    loop
        if m.currency <> all (known) then
            perform api.fail('PG422', format('This store sells in %s.',
                array_to_string(known, ', ')),
                format('%s/%s/currency', p_field, m.place));
        elsif amounts ? m.currency then
            perform api.fail('PG422', 'There is one in this currency.',
                format('%s/%s/currency', p_field, m.place));
        end if;
        amounts := amounts || jsonb_build_object(m.currency, m.amount);
    end loop;
    return amounts;
end
$$;

comment on function pricing.amounts_of is
    'an array of Money as amounts by currency';
