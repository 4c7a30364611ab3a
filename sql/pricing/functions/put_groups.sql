create or replace function pricing.put_groups(p_store bigint, p_groups jsonb,
        p_list bigint, p_promotion bigint)
    returns void
    language plpgsql volatile
as $$
declare
    ids bigint[];
begin
    if p_groups is null then
        return;
    end if;
    perform pricing.ids_checked(p_groups, 'pricing.customer_group', p_store,
                                '/groups');
    ids := array(select distinct g::bigint
                 from jsonb_array_elements_text(p_groups) as g);
    if p_list is not null then
        delete from pricing.list_group g
        where g.list_id = p_list and g.group_id <> all (ids);
        insert into pricing.list_group (list_id, group_id)
        select p_list, i from unnest(ids) as i
        on conflict do nothing;
    else
        delete from pricing.promotion_group g
        where g.promotion_id = p_promotion and g.group_id <> all (ids);
        insert into pricing.promotion_group (promotion_id, group_id)
        select p_promotion, i from unnest(ids) as i
        on conflict do nothing;
    end if;
end
$$;

comment on function pricing.put_groups is
    'sets the groups that a price list or a promotion is for';
