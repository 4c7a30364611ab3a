create or replace function store.convert_later(store_id bigint, currency text,
                                               actor uuid)
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    -- one that runs has seen products at the former rate: another follows it
    insert into ops.job (store_id, kind, actor, options, size)
    select convert_later.store_id, 'prices.convert', actor,
           jsonb_build_object('currency', convert_later.currency),
           (select count(*) from catalog.product p
            where p.store_id = convert_later.store_id
            and p.deleted_at is null)
    where not exists (
        select from ops.job j
        where j.store_id = convert_later.store_id
        and j.kind = 'prices.convert' and j.status = 'queued'
        and j.options ->> 'currency' = convert_later.currency)
$$;

comment on function store.convert_later is
    'a job that makes the prices of a store in a currency follow its rate';
