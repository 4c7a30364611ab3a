create or replace function shipping.points_of(p_method bigint)
    returns jsonb
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return (select coalesce(jsonb_agg(shipping.point_json(p)
                       order by p.position), '[]')
            from shipping.pickup_point p
            where p.method_id = p_method and p.active);
end
$$;

comment on function shipping.points_of is
    'where an order of a way to ship may be fetched';
