create or replace function pricing.member_remove(p_store bigint,
        p_group bigint, p_user uuid, p_actor uuid, p_address inet,
        p_request text)
    returns setof api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    delete from pricing.member m
    using pricing.customer_group g
    where m.user_id = p_user and m.group_id = p_group and g.id = p_group
        and g.store_id = p_store;
    if not found then
        perform api.fail('PG404', 'This account is not in this group.');
    end if;
    perform ops.record(p_store, p_actor, 'customer_group.left',
        'user:' || p_user, jsonb_build_object('group_id', p_group::text),
        null, p_address, p_request);
    return next row(204, null, null, null, null, false)::api.answer;
end
$$;

comment on function pricing.member_remove is
    'DELETE /customer-groups/{group}/members/{user}';
