create or replace function pricing.group_show(p_store bigint, p_id bigint)
    returns table (body text, etag text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select b.body::text, g.version || '.' || (b.body ->> 'members')
    from pricing.customer_group g
    cross join lateral pricing.group_body(g) as b (body)
    where g.id = p_id and g.store_id = p_store;
end
$$;

comment on function pricing.group_show is 'GET /customer-groups/{group}';
