create or replace function catalog.limits_json(limits int[])
    returns json
    language sql stable
as $$
    select case when limits is not null then
        json_build_object('min', limits[1], 'max', limits[2],
                          'step', limits[3])
    end
$$;

comment on function catalog.limits_json is
    'the quantities that may be ordered, as answers tell them';
