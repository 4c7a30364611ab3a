create or replace function ops.audit_list(actor uuid, action text,
        subject text, since timestamptz, until timestamptz,
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
    if place !~ '^[0-9]{1,18}$' then
        perform api.fail('ZZ422', 'This cursor was not given by this list.',
                         'cursor');
    end if;

    return query
    with page as (
        select a, row_number() over (order by a.id desc) as n
        from ops.audit a
        where (actor is null or a.actor = actor)
        and (action is null or a.action = action)
        and (subject is null or a.subject = subject)
        and (since is null or a.at >= since)
        and (until is null or a.at < until)
        and (place is null or a.id < place::bigint)
        order by a.id desc
        limit page + 1
    )
    select jsonb_build_object(
        'items', coalesce(jsonb_agg(ops.audit_body(p.a) order by p.n)
                              filter (where p.n <= page), '[]'),
        'next_cursor', case when count(*) > page then api.cursor_encode(
            min((p.a).id) filter (where p.n <= page)::text) end)::text
    from page p;
end
$$;

comment on function ops.audit_list is
    'GET /audit, the newest first; until is the first moment not in it';
