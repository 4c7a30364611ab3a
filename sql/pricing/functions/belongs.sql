create or replace function pricing.belongs(p_promotion bigint,
        p_groups bigint[])
    returns boolean
    language plpgsql stable
as $$
declare
    wanted bigint[] := array(select g.group_id from pricing.promotion_group g
                             where g.promotion_id = p_promotion);
begin
    return wanted = '{}' or wanted && p_groups;
end
$$;

comment on function pricing.belongs is
    'whether a promotion is for one of these groups, or for everybody';
