create or replace function pricing.personal(p_user uuid)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'customer_groups', (
            select coalesce(jsonb_agg(jsonb_build_object('name', g.name,
                       'since', api.time(m.created_at)) order by g.id), '[]')
            from pricing.member m
            join pricing.customer_group g on g.id = m.group_id
            where m.user_id = p_user),
        'promotions_used', (
            select coalesce(jsonb_agg(jsonb_build_object('order_id',
                       r.order_id, 'amount', api.money(r.amount, r.currency),
                       'at', api.time(r.created_at))
                       order by r.created_at, r.promotion_id), '[]')
            from pricing.redemption r where r.user_id = p_user))
$$;

comment on function pricing.personal is
    'the groups of a person and what promotions gave';
