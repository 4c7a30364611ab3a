create or replace function wishlist.items_json(list uuid, store bigint,
        money text, size int, after text)
    returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    place text := api.cursor_decode(after);
begin
    if place !~ '^[0-9]{1,18}$' then
        perform api.fail('ZZ422', 'This cursor was not given by this list.',
                         'cursor');
    end if;
    return (
        with page as (
            select i as row, row_number() over (order by i.id desc) as n
            from wishlist.item i
            where i.list_id = list and (place is null or i.id < place::bigint)
            order by i.id desc limit size + 1
        )
        select json_build_object(
            'items', coalesce(json_agg(wishlist.item_body(p.row, store, money)
                              order by n) filter (where n <= size), '[]'),
            'next_cursor', case when count(*) > size then api.cursor_encode(
                (min((p.row).id) filter (where n <= size))::text) end)::text
        from page p);
end
$$;

comment on function wishlist.items_json is
    'a page of the items of a list, the newest first';
