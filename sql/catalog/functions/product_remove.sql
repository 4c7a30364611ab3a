create or replace function catalog.product_remove(store bigint, ref text,
        actor uuid, manager boolean, if_version bigint)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    old catalog.product;
begin
    old := catalog.product_locked(store, ref, actor, manager, if_version);
    update catalog.product p
        set deleted_at = now(), version = p.version + 1, updated_at = now()
        where p.id = old.id;
    update catalog.variant v set deleted_at = now()
        where v.product_id = old.id and v.deleted_at is null;
    perform ops.record(store, actor, 'product.remove', 'product:' || old.id,
                       to_jsonb(old), null);
    return row(204, null::text, null::text, null::text,
        format('product:%s catalog:%s', old.id, store), false)::api.answer;
end
$$;

comment on function catalog.product_remove is
    'DELETE /products/{id}: it is gone for everyone; orders keep what they'
    ' sold, its slug and SKUs are free again';
