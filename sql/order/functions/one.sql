create or replace function "order".one(p_store bigint, p_id uuid,
        p_actor uuid, p_cart uuid, p_staff boolean)
    returns table (body text, etag text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select b.body, o.version || '.' || to_hex(hashtext(b.body))
    from "order".orders o
    cross join lateral (select "order".show(o) as body offset 0) as b
    where o.id = p_id and o.store_id = p_store
        and "order".may_see(o, p_actor, p_cart, p_staff);
end
$$;

comment on function "order".one is
    'GET /orders/{id}; the payment asks for an action without a new version';
