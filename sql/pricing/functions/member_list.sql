create or replace function pricing.member_list(p_store bigint, p_group bigint,
        p_limit int, p_cursor text)
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
    select pricing.page_json(
        array_agg(jsonb_build_object('user_id', m.user_id, 'email', m.email,
            'name', m.name, 'created_at', api.time(m.created_at))
            order by m.user_id) filter (where m.user_id is not null),
        array_agg(m.user_id::text order by m.user_id), p_limit)
    from pricing.customer_group g
    left join lateral (
        select t.user_id, t.created_at, a.email, a.name
        from pricing.member t join identity.account a on a.id = t.user_id
        where t.group_id = g.id and (place is null or t.user_id > place::uuid)
        order by t.user_id limit p_limit + 1) as m on true
    where g.id = p_group and g.store_id = p_store
    group by g.id;
end
$$;

comment on function pricing.member_list is
    'GET /customer-groups/{group}/members';
