create or replace function catalog.collection_list(store bigint, locale text,
        staff boolean, size int, after text)
    returns table (body text, tags text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    place text[] := string_to_array(api.cursor_decode(after), '|');
begin
    if array_to_string(place, '|') !~ '^[0-9]{1,9}\|[0-9]{1,18}$' then
        perform api.fail('ZZ422', 'This cursor was not given by this list.',
                         'cursor');
    end if;
    return query
    with page as (
        select c, c.position as at, c.id,
               row_number() over (order by c.position, c.id) as n
        from catalog.collection c
        where c.store_id = store and (c.published or staff)
        and (place is null
             or (c.position, c.id) > (place[1]::int, place[2]::bigint))
        order by c.position, c.id limit size + 1
    )
    select format('{"items":[%s],"next_cursor":%s}',
        coalesce(string_agg(catalog.collection_json(p.c, locale), ','
                            order by p.n) filter (where p.n <= size), ''),
        coalesce(to_json(case when count(*) > size then api.cursor_encode(
            max(p.at || '|' || p.id) filter (where p.n = size))
            end)::text, 'null')),
        'catalog:' || store
    from page p;
end
$$;

comment on function catalog.collection_list is
    'GET /collections: in their order; staff see those that are hidden, too';
