create or replace function inventory.count_show(store bigint, id bigint)
    returns table (body text, etag text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select inventory.count_json(c)::text, c.version::text
    from inventory.stock_count c
    where c.id = count_show.id and c.store_id = store
$$;

comment on function inventory.count_show is 'GET /counts/{id}';
