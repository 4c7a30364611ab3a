create or replace function identity.roles(page_size integer, cursor text)
    returns table (body text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    with page as (
        select r, row_number() over (order by r.name) as n
        from identity.role r
        where cursor is null or r.name > api.cursor_decode(cursor)
        order by r.name
        limit coalesce(page_size, 20) + 1
    )
    select jsonb_build_object(
        'items', coalesce(
            jsonb_agg(identity.role_body(p.r) order by p.n)
                filter (where p.n <= coalesce(page_size, 20)), '[]'),
        'next_cursor', case when count(*) > coalesce(page_size, 20)
            then api.cursor_encode(max((p.r).name)
                filter (where p.n = coalesce(page_size, 20))) end)::text
    from page p
$$;

comment on function identity.roles is 'GET /roles, by name';
