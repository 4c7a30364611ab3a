create or replace function inventory.count_lines(store bigint, id bigint,
        differing boolean, size int, after text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    place text := api.cursor_decode(after);
begin
    if place !~ '^[0-9]{1,18}$' then
        perform api.fail('ZZ422', 'This cursor was not given by this list.',
                         'cursor');
    end if;
    if not exists (select from inventory.stock_count c
                   where c.id = count_lines.id and c.store_id = store)
    then
        perform api.fail('ST404', 'There is no such count.');
    end if;
    return query
    with page as (
        select l.*, v.sku, v.product_id, p.name,
               row_number() over (order by l.variant_id) as n
        from inventory.stock_count_line l
        join catalog.variant v on v.id = l.variant_id
        join catalog.product p on p.id = v.product_id
        where l.count_id = count_lines.id
        and (differing is null or (l.counted <> l.expected) = differing)
        and (place is null or l.variant_id > place::bigint)
        order by l.variant_id limit size + 1
    )
    select json_build_object(
        'items', coalesce(json_agg(json_build_object(
            'product_id', k.product_id::text,
            'variant_id', k.variant_id::text,
            'sku', k.sku,
            'name', k.name,
            'expected', k.expected,
            'counted', k.counted,
            'difference', k.counted - k.expected,
            'counted_by', k.counted_by,
            'counted_at', api.time(k.counted_at)) order by k.n)
            filter (where k.n <= size), '[]'),
        'next_cursor', case when count(*) > size then api.cursor_encode(
            max(k.variant_id) filter (where k.n <= size)::text) end)::text
    from page k;
end
$$;

comment on function inventory.count_lines is
    'GET /counts/{id}/lines: what was counted, by variant';
