create or replace function pricing.promotion_show(p_store bigint, p_id bigint)
    returns table (body text, etag text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select b.body::text, p.version || '.' || (b.body ->> 'uses')
    from pricing.promotion p
    cross join lateral pricing.promotion_body(p) as b (body)
    where p.id = p_id and p.store_id = p_store;
end
$$;

comment on function pricing.promotion_show is 'GET /promotions/{promotion}';
