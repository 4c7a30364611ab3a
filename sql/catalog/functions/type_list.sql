create or replace function catalog.type_list(store bigint, size int,
                                             after text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    place text := api.cursor_decode(after);
begin
    if place !~ '^[a-z0-9][a-z0-9_-]{0,59}$' then
        perform api.fail('ZZ422', 'This cursor was not given by this list.',
                         'cursor');
    end if;
    return query
    with page as (
        select t as type, t.code, row_number() over (order by t.code) as n
        from catalog.product_type t
        where t.store_id = store and (place is null or t.code > place)
        order by t.code limit size + 1
    )
    select format('{"items":[%s],"next_cursor":%s}',
        coalesce(string_agg(catalog.type_json(p.type), ',' order by p.n)
                 filter (where p.n <= size), ''),
        coalesce(to_json(case when count(*) > size then api.cursor_encode(
            max(p.code) filter (where p.n = size)) end)::text, 'null'))
    from page p;
end
$$;

comment on function catalog.type_list is 'GET /product-types: by code';
