create or replace function search.missed_list(store bigint, days int, size int,
                                              after text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    place constant text[] := regexp_match(api.cursor_decode(after),
                                          '^([0-9]{1,18})\|(.{1,200})$');
begin
    if after is not null and place is null then
        perform api.fail('ZZ422', 'This cursor was not given by this list.',
                         'cursor');
    end if;
    return query
    with page as (
        select x.*, row_number() over (order by x.times desc, x.query) as n
        from (select m.query, sum(m.times)::bigint as times,
                     max(m.last_at) as last_at
              from search.missed m
              where m.store_id = store
              and m.day > (now() at time zone 'UTC')::date - days
              group by 1) as x
        where place is null or x.times < place[1]::bigint
           or x.times = place[1]::bigint and x.query > place[2]
        order by x.times desc, x.query limit size + 1
    )
    select json_build_object(
        'items', coalesce(json_agg(json_build_object('query', p.query,
                     'times', p.times, 'last_at', api.time(p.last_at))
                     order by p.n) filter (where p.n <= size), '[]'),
        'next_cursor', case when count(*) > size then api.cursor_encode(
            max(p.times || '|' || p.query) filter (where p.n = size))
            end)::text
    from page p;
end
$$;

comment on function search.missed_list is
    'GET /search/missed: what was searched for in vain, most often first';
