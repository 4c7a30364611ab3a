create or replace function pricing.gift_show(p_store bigint, p_id uuid)
    returns table (body text, etag text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select pricing.gift_body(g)::text, g.version::text
    from pricing.gift_card g
    where g.id = p_id and g.store_id = p_store;
end
$$;

comment on function pricing.gift_show is 'GET /gift-cards/{gift_card}';
