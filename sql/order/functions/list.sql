create or replace function "order".list(p_store bigint, p_user uuid,
        p_all boolean, p_status text, p_limit int, p_cursor text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    place text[] := string_to_array(api.cursor_decode(p_cursor), ' ');
    before timestamptz;
    last uuid;
begin
    if place is not null then
        begin
            before := 'epoch'::timestamptz
                      + place[1]::bigint * interval '1 microsecond';
            last := place[2];
        exception when others then
            perform api.fail('ZZ422', 'This cursor was not given by this'
                             ' list.', 'cursor');
        end;
    end if;
    return query
    with page as (
        select o as row,
               row_number() over (order by o.created_at desc, o.id desc) as n
        from "order".orders o
        where o.store_id = p_store and (p_all or o.user_id = p_user)
            and (p_status is null or o.status = p_status)
            and (before is null or (o.created_at, o.id) < (before, last))
        order by o.created_at desc, o.id desc limit p_limit + 1
    )
    select '{"items":[' || coalesce(string_agg("order".show(p.row), ','
               order by p.n) filter (where p.n <= p_limit), '')
           || '],"next_cursor":' || coalesce((
               select to_json(api.cursor_encode((extract(epoch from
                          (q.row).created_at) * 1000000)::bigint || ' '
                          || (q.row).id))::text
               from page q where q.n = p_limit
                   and exists (select from page where n > p_limit)), 'null')
           || '}'
    from page p;
end
$$;

comment on function "order".list is
    'orders of a user, or all of the store, the newest first';
