create or replace function pricing.lists_for(p_store bigint, p_groups bigint[])
    returns bigint[]
    language plpgsql stable
as $$
begin
    return array(
        select l.id from pricing.price_list l
        where l.store_id = p_store and l.active
            and (l.starts_at is null or l.starts_at <= now())
            and (l.ends_at is null or l.ends_at > now())
            and (not exists (select from pricing.list_group g
                             where g.list_id = l.id)
                 or exists (select from pricing.list_group g
                            where g.list_id = l.id
                                and g.group_id = any (p_groups)))
        order by l.priority desc, l.id);
end
$$;

comment on function pricing.lists_for is
    'the price lists that count now for members of groups, the first first';
