create or replace function catalog.rating(sum bigint, count bigint)
    returns json
    language sql immutable parallel safe
    set search_path = pg_catalog, pg_temp
as $$
    select json_build_object('average',
        case when count > 0 then round(sum::numeric / count, 2) end,
        'count', count)
$$;

comment on function catalog.rating is 'average (null without reviews), count';
