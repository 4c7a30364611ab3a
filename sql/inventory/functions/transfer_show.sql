create or replace function inventory.transfer_show(store bigint, id bigint)
    returns table (body text, etag text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select inventory.transfer_json(t)::text, t.version::text
    from inventory.transfer t
    where t.id = transfer_show.id and t.store_id = store
$$;

comment on function inventory.transfer_show is 'GET /transfers/{id}';
