drop function if exists catalog.rating(bigint, bigint);

-- one expression, which becomes a part of the statement that calls it
create or replace function catalog.rating(counts int[])
    returns json
    language sql stable parallel safe
as $$
    select json_build_object(
        'average', round((counts[1] + 2 * counts[2] + 3 * counts[3]
                          + 4 * counts[4] + 5 * counts[5])::numeric
            / nullif(counts[1] + counts[2] + counts[3] + counts[4]
                     + counts[5], 0), 2),
        'count', counts[1] + counts[2] + counts[3] + counts[4] + counts[5],
        'histogram', format('{"1":%s,"2":%s,"3":%s,"4":%s,"5":%s}',
                            counts[1], counts[2], counts[3], counts[4],
                            counts[5])::json)
$$;

comment on function catalog.rating is
    'average (null without reviews), count, and how many have 1 to 5 stars';
