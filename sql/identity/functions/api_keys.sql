create or replace function identity.api_keys(actor uuid, manages boolean,
        page_size integer, cursor text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    page constant integer := coalesce(page_size, 20);
    place constant text := api.cursor_decode(cursor);
begin
    if place !~ '^[-0-9T:.]{26}Z [-0-9a-f]{36}$' then
        perform api.fail('ZZ422', 'This cursor was not given by this list.',
                         'cursor');
    end if;

    return query
    with page as (
        select k, row_number() over (order by k.created_at desc, k.id desc)
                      as n
        from identity.api_key k
        where k.revoked_at is null and (manages or k.created_by = actor)
        and (place is null or (k.created_at, k.id)
             < (left(place, 27)::timestamptz, substr(place, 29)::uuid))
        order by k.created_at desc, k.id desc
        limit page + 1
    )
    select jsonb_build_object(
        'items', coalesce(jsonb_agg(identity.api_key_body(p.k) order by p.n)
                              filter (where p.n <= page), '[]'),
        'next_cursor', case when count(*) > page then api.cursor_encode(
            max(to_char((p.k).created_at at time zone 'UTC',
                        'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || ' ' || (p.k).id)
                filter (where p.n = page)) end)::text
    from page p;
end
$$;

comment on function identity.api_keys is
    'GET /api-keys, the newest first: one''s own, or all that are not revoked';
