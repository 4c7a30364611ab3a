drop function if exists catalog.rating(bigint, bigint);

create or replace function catalog.rating(counts int[])
    returns json
    language sql immutable parallel safe
    set search_path = pg_catalog, pg_temp
as $$
    select json_build_object('average', round(sum(n * stars)::numeric
                                              / nullif(sum(n), 0), 2),
        'count', sum(n), 'histogram', format(
            '{"1":%s,"2":%s,"3":%s,"4":%s,"5":%s}',
            variadic counts::text[])::json)
    from unnest(counts) with ordinality as c (n, stars)
$$;

comment on function catalog.rating is
    'average (null without reviews), count, and how many have 1 to 5 stars';
