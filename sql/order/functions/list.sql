create or replace function "order".list(p_store bigint, p_user uuid,
        p_all boolean, p_status text, p_limit int, p_cursor text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    place text := api.cursor_decode(p_cursor);
begin
    if place !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
        perform api.fail('ZZ422', 'This cursor was not given by this list.',
                         'cursor');
    end if;
    return query
    with page as (
        select o as row,
               row_number() over (order by o.id desc) as n
        from "order".orders o
        where o.store_id = p_store and (p_all or o.user_id = p_user)
            and (p_status is null or o.status = p_status)
            and (place is null or o.id < place::uuid)
        order by o.id desc limit p_limit + 1
    )
    select '{"items":[' || coalesce(string_agg("order".show(p.row), ','
               order by p.n) filter (where p.n <= p_limit), '')
           || '],"next_cursor":' || coalesce((
               select to_json(api.cursor_encode((q.row).id::text))::text
               from page q where q.n = p_limit
                   and exists (select from page where n > p_limit)), 'null')
           || '}'
    from page p;
end
$$;

comment on function "order".list is
    'orders of a user, or all of the store, the newest first: ids of orders'
    ' grow with time';
