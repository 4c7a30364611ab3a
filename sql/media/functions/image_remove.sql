create or replace function media.image_remove(store bigint, ref text,
        actor uuid, manager boolean, image bigint, if_version bigint)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    product catalog.product;
    old catalog.image;
begin
    product := catalog.product_locked(store, ref, actor, manager, null);
    old := media.image_of(product.id, image);
    if old.version <> if_version then
        perform api.fail('AP412', 'The picture has changed meanwhile.');
    end if;
    delete from catalog.image i where i.id = old.id;
    perform media.product_touched(product.id);
    perform ops.record(store, actor, 'image.remove', 'product:' || product.id,
                       to_jsonb(old), null);
    return row(204, null::text, null::text, null::text,
        format('product:%s catalog:%s', product.id, store),
        false)::api.answer;
end
$$;

comment on function media.image_remove is
    'DELETE /products/{id}/images/{image}; its file goes later, once nobody'
    ' shows it';
