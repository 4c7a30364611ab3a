create or replace function catalog.variant_remove(store bigint, ref text,
        variant text, actor uuid, manager boolean, if_version bigint)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    product catalog.product;
    gone bigint;
begin
    product := catalog.product_locked(store, ref, actor, manager, if_version);
    gone := catalog.variant_of(product.id, variant);
    if not exists (select from catalog.variant v
                   where v.product_id = product.id and v.deleted_at is null
                   and v.id <> gone)
    then
        perform api.fail('PR409', 'A product keeps its last variant: remove'
                         ' the product.');
    end if;
    update catalog.variant v set deleted_at = now()
        where v.id = gone;
    update catalog.image i set variant_id = null
        where i.variant_id = gone;
    update catalog.product p set version = p.version + 1, updated_at = now()
        where p.id = product.id;
    perform ops.record(store, actor, 'variant.remove', 'product:' || product.id,
                       jsonb_build_object('id', gone::text), null);
    return row(204, null::text, null::text, null::text,
        format('product:%s catalog:%s', product.id, store),
        false)::api.answer;
end
$$;

comment on function catalog.variant_remove is
    'DELETE /products/{id}/variants/{variant}: not the last one';
