create or replace function identity.users(query text, role text,
        blocked boolean, page_size integer, cursor text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    page constant integer := coalesce(page_size, 20);
    place constant text := api.cursor_decode(cursor);
    pattern constant text :=
        '%' || regexp_replace(lower(query), '([\\%_])', '\\\1', 'g') || '%';
begin
    if place !~ '^[-0-9T:.]{26}Z [-0-9a-f]{36}$' then
        perform api.fail('ZZ422', 'This cursor was not given by this list.',
                         'cursor');
    end if;

    return query
    with page as (
        select a.id, a.created_at,
               row_number() over (order by a.created_at desc, a.id desc) as n
        from identity.account a
        where (query is null or (a.email || ' ' || lower(a.name)) like pattern)
        and (role is null or exists (
            select from identity.account_role m
            where m.user_id = a.id and m.role = role))
        and (blocked is null or (a.blocked_at is not null) = blocked)
        and (place is null or (a.created_at, a.id)
             < (left(place, 27)::timestamptz, substr(place, 29)::uuid))
        order by a.created_at desc, a.id desc
        limit page + 1
    )
    select jsonb_build_object(
        'items', coalesce(
            jsonb_agg(identity.account_body(p.id) order by p.n)
                filter (where p.n <= page), '[]'),
        'next_cursor', case when count(*) > page then api.cursor_encode(
            max(to_char(p.created_at at time zone 'UTC',
                        'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || ' ' || p.id)
                filter (where p.n = page)) end)::text
    from page p;
end
$$;

comment on function identity.users is
    'GET /users, the newest first; query: part of an e-mail address or a name';
