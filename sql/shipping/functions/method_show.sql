create or replace function shipping.method_show(p_store bigint, p_id bigint)
    returns table (body text, etag text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select shipping.method_json(m)::text, m.version::text
    from shipping.method m where m.store_id = p_store and m.id = p_id
$$;

comment on function shipping.method_show is 'GET /shipping/methods/{id}';
