create or replace function shipping.method_checked(m shipping.method,
        p_points jsonb)
    returns void
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if m.code !~ '^[a-z0-9][a-z0-9_-]{0,62}$' then
        perform api.fail('SH422', 'must be small letters, digits, - and _',
                         '/code');
    elsif exists (select from shipping.method t where t.store_id = m.store_id
                  and t.code = m.code and t.id is distinct from m.id)
    then
        perform api.fail('SH409', 'Another way to ship has this code.');
    elsif not exists (select from store.tax_class c
        where c.store_id = m.store_id and c.code = m.tax_class)
    then
        perform api.fail('SH422', 'There is no such tax class.', '/tax_class');
    elsif m.kind <> 'pickup' and jsonb_array_length(p_points) > 0 then
        perform api.fail('SH422', 'are for the kind "pickup" only',
                         '/pickup_points');
    end if;
end
$$;

comment on function shipping.method_checked is
    'refuses what no way to ship can be';
