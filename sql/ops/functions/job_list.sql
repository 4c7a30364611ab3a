create or replace function ops.job_list(store bigint, kinds text, actor uuid,
        reader boolean, kind text, status text, page_size int, cursor text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    place constant text[] := string_to_array(api.cursor_decode(cursor), ' ');
    before_at timestamptz;
    before_id uuid;
begin
    if array_to_string(place, ' ') !~ '^[0-9]{1,18} [0-9a-f-]{36}$' then
        perform api.fail('ZZ422', 'This cursor was not given by this list.',
                         'cursor');
    end if;
    before_at := timestamptz 'epoch'
                 + place[1]::bigint * interval '1 microsecond';
    before_id := place[2];

    return query
    with page as (
        select j, row_number() over (order by j.created_at desc, j.id desc)
                   as n
        from ops.job j
        where j.store_id = store and j.kind like kinds
        and (reader or j.actor = actor)
        and (kind is null or j.kind = kind)
        and (status is null or j.status = status)
        and (place is null
             or (j.created_at, j.id) < (before_at, before_id))
        order by j.created_at desc, j.id desc
        limit page_size + 1
    )
    select jsonb_build_object(
        'items', coalesce(jsonb_agg(ops.job_body(p.j) order by p.n)
                              filter (where p.n <= page_size), '[]'),
        'next_cursor', case when count(*) > page_size then (
            select api.cursor_encode((extract(epoch from (l.j).created_at)
                       * 1000000)::bigint || ' ' || (l.j).id)
            from page l where l.n = page_size) end)::text
    from page p;
end
$$;

comment on function ops.job_list is
    'GET /jobs and GET /imports, the newest first';
