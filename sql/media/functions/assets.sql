create or replace function media.assets(store bigint, actor uuid,
        manager boolean, purpose text, size int, after text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    place text := api.cursor_decode(after);
begin
    if place !~ '^[0-9]{1,18}\.[0-9a-f-]{36}$' then
        perform api.fail('ZZ422', 'This cursor was not given by this list.',
                         'cursor');
    end if;
    return query
    with page as (
        select a.id, media.asset_json(a) as json,
               (extract(epoch from a.created_at) * 1000000)::bigint as at,
               row_number() over (order by a.created_at desc, a.id desc) as n
        from media.asset a
        where a.store_id = store and (manager or a.owner = actor)
        and (purpose is null or a.purpose = purpose)
        and (place is null or (a.created_at, a.id) < (
            timestamptz 'epoch' + split_part(place, '.', 1)::bigint
                * interval '1 microsecond',
            split_part(place, '.', 2)::uuid))
        order by a.created_at desc, a.id desc limit size + 1
    )
    select json_build_object(
        'items', coalesce(json_agg(page.json order by page.n)
                          filter (where page.n <= size), '[]'),
        'next_cursor', case when count(*) > size then api.cursor_encode(
            (array_agg(page.at || '.' || page.id order by page.n))
                [size]) end)::text
    from page;
end
$$;

comment on function media.assets is
    'GET /media, newest first: one''s own, or all';
