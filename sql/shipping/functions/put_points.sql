create or replace function shipping.put_points(m shipping.method,
        p_points jsonb)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    wrong bigint;
begin
    select x.n into wrong
    from jsonb_array_elements(p_points) with ordinality as x (value, n)
    where x.value ->> 'code' !~ '^[a-z0-9][a-z0-9_-]{0,62}$'
    order by x.n limit 1;
    if found then
        perform api.fail('SH422', 'must be small letters, digits, - and _',
                         format('/pickup_points/%s/code', wrong - 1));
    end if;
    delete from shipping.pickup_point t where t.method_id = m.id;
    insert into shipping.pickup_point (method_id, store_id, code, name,
        address, hours, position, active)
    select m.id, m.store_id, x.value ->> 'code', x.value ->> 'name',
           jsonb_strip_nulls(x.value -> 'address'),
           coalesce(x.value ->> 'hours', ''), x.n,
           coalesce((x.value ->> 'active')::boolean, true)
    from jsonb_array_elements(p_points) with ordinality as x (value, n);
exception when unique_violation then
    perform api.fail('SH409', 'Another pick-up point has this code.');
end
$$;

comment on function shipping.put_points is
    'where orders of a way to ship may be fetched';
