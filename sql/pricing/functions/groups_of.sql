create or replace function pricing.groups_of(p_store bigint, p_user uuid)
    returns bigint[]
    language plpgsql stable
as $$
begin
    if p_user is null then
        return '{}';
    end if;
    return array(
        select m.group_id from pricing.member m
        cross join lateral (
            select from pricing.customer_group g
            where g.id = m.group_id and g.store_id = p_store offset 0) as g
        where m.user_id = p_user);
end
$$;

comment on function pricing.groups_of is
    'the groups of a customer in a store; of a guest none';
