create or replace function identity.invitations(page_size integer,
        cursor text)
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
        select i, row_number() over (order by i.created_at desc, i.id desc)
                      as n
        from identity.invitation i
        where i.accepted_at is null and i.revoked_at is null
        and i.expires_at > now()
        and (place is null or (i.created_at, i.id)
             < (left(place, 27)::timestamptz, substr(place, 29)::uuid))
        order by i.created_at desc, i.id desc
        limit page + 1
    )
    select jsonb_build_object(
        'items', coalesce(
            jsonb_agg(identity.invitation_body(p.i) order by p.n)
                filter (where p.n <= page), '[]'),
        'next_cursor', case when count(*) > page then api.cursor_encode(
            max(to_char((p.i).created_at at time zone 'UTC',
                        'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || ' ' || (p.i).id)
                filter (where p.n = page)) end)::text
    from page p;
end
$$;

comment on function identity.invitations is
    'GET /users/invitations that may be accepted, the newest first';
