create or replace function catalog.limits_json(limits int[])
    returns json
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select json_build_object('min', limits[1], 'max', limits[2],
                             'step', limits[3])
    where limits is not null
$$;

comment on function catalog.limits_json is
    'the quantities that may be ordered, as answers tell them';
