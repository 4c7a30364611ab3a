create or replace function shipping.point_json(p shipping.pickup_point)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('code', p.code, 'name', p.name,
        'address', p.address, 'hours', p.hours)
$$;

comment on function shipping.point_json is
    'a pick-up point as shoppers see it';
