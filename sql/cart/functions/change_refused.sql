create or replace function cart.change_refused(p_cart jsonb, p_problem text,
        p_change text)
    returns text
    language plpgsql stable
as $$
declare
    changed text[] := string_to_array(p_change, ' ');
begin
    return case
        when 'vat_id' = any (changed) and p_cart ? 'vat_id'
            and not store.vat_valid(store.vat_normal(p_cart ->> 'vat_id'))
            then 'vat_id'
        when 'customer_id' = any (changed) and not exists (
            select from identity.account a
            where a.id = (p_cart ->> 'user')::uuid) then 'customer_id'
        when p_problem in ('currency', 'country')
            or p_problem = any (changed) then p_problem end;
end
$$;

comment on function cart.change_refused is
    'why settings of a cart can''t be what was asked for';
