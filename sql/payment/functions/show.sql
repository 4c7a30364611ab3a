create or replace function payment.show(p_store bigint, p_payment uuid,
        p_actor uuid, p_cart uuid, p_staff boolean)
    returns table (body text, etag text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select payment.render(p), p.version::text
    from payment.payment p
    join "order".orders o on o.id = p.order_id
    where p.id = p_payment and p.store_id = p_store
        and "order".may_see(o, p_actor, p_cart, p_staff);
end
$$;

comment on function payment.show is 'GET /payments/{id}';
