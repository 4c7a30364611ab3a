create or replace function api.idempotency_clean(batch int default 10000)
    returns bigint
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
    with old as (
        select i.ctid from api.idempotency i
        where i.created_at < now() - interval '25 hours'
        limit batch
    ), gone as (
        delete from api.idempotency i using old where i.ctid = old.ctid
        returning 1
    )
    select count(*) from gone
$$;

comment on function api.idempotency_clean is
    'drops keys older than a day, a batch a call; the worker''s';
