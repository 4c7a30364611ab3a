create or replace function store.node_state()
    returns table (body text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select json_build_object(
        'stores', (
            select json_agg(json_build_object(
                'id', s.id::text,
                'code', s.code,
                'name', s.name,
                'currency', s.currency,
                'locales', s.locales,
                'hosts', array(select h.host from store.host h
                               where h.store_id = s.id order by h.host),
                'origins', array(select o.origin from store.origin o
                                 where o.store_id = s.id order by o.origin),
                'default', s.is_default,
                'cart_lines', s.cart_lines,
                'cart_days', s.cart_days,
                'guest_cart_days', s.guest_cart_days) order by s.id)
            from store.store s),
        'roles', identity.role_permissions(),
        'mfa_roles', identity.mfa_roles())::text
$$;

comment on function store.node_state is
    'what every node keeps in memory: stores by host, roles and permissions';
