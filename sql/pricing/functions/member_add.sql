create or replace function pricing.member_add(p_store bigint, p_group bigint,
        p_actor uuid, p_user uuid, p_address inet, p_request text)
    returns setof api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform from pricing.customer_group g
    where g.id = p_group and g.store_id = p_store for no key update;
    if not found then
        perform api.fail('PG404', 'There is no such group.');
    end if;
    perform from identity.account a where a.id = p_user for key share;
    if not found then
        perform api.fail('PG422', 'There is no such account.', '/user_id');
    end if;
    insert into pricing.member (user_id, group_id) values (p_user, p_group)
    on conflict do nothing;
    if found then
        perform ops.record(p_store, p_actor, 'customer_group.joined',
            'user:' || p_user, null, jsonb_build_object('group_id',
                p_group::text), p_address, p_request);
    end if;
    return query
    select 201, jsonb_build_object('user_id', m.user_id,
               'group_id', m.group_id::text,
               'created_at', api.time(m.created_at))::text, null::text,
           format('/customer-groups/%s/members/%s', p_group, p_user),
           null::text, false
    from pricing.member m
    where m.user_id = p_user and m.group_id = p_group;
end
$$;

comment on function pricing.member_add is
    'POST /customer-groups/{group}/members';
