create or replace function catalog.product_moved()
    returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    moved bigint[];
    tags text;
begin
    select array_agg(n.id) into moved
    from new_rows n join old_rows o on o.id = n.id
    where (n.version, n.rating_counts)
        is distinct from (o.version, o.rating_counts);
    if moved is null then
        return null;
    end if;

    perform catalog.render(moved);

    insert into ops.outbox (topic, key, seq, type, store_id, data)
    select 'shop.catalog', n.id::text, n.version, 'product.changed',
           n.store_id, jsonb_build_object('product_id', n.id::text,
               'slug', n.slug, 'version', n.version,
               'status', case when n.deleted_at is null then n.status
                              else 'deleted' end)
    from new_rows n join old_rows o on o.id = n.id
    where n.version <> o.version
    order by n.id;

    select string_agg(distinct tag, ' ') into tags
    from new_rows n, unnest(array['product:' || n.id,
                                  'catalog:' || n.store_id]) as tag
    where n.id = any (moved);
    perform ops.notify_drop(tags);
    return null;
end
$$;

comment on function catalog.product_moved is
    'trigger: a product whose version or rating moved is rendered, indexed'
    ' and announced';

create or replace trigger product_moved
    after update on catalog.product
    referencing old table as old_rows new table as new_rows
    for each statement execute function catalog.product_moved();
