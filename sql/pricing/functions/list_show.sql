create or replace function pricing.list_show(p_store bigint, p_id bigint)
    returns table (body text, etag text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select pricing.list_body(l)::text, l.version::text
    from pricing.price_list l
    where l.id = p_id and l.store_id = p_store;
end
$$;

comment on function pricing.list_show is 'GET /price-lists/{list}';
