create or replace function media.image_change(store bigint, ref text,
        actor uuid, manager boolean, image bigint, if_version bigint,
        document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    product catalog.product;
    old catalog.image;
    variant bigint;
begin
    product := catalog.product_locked(store, ref, actor, manager, null);
    old := media.image_of(product.id, image);
    if old.version <> if_version then
        perform api.fail('AP412', 'The picture has changed meanwhile.');
    end if;
    variant := media.variant_of(product.id, document);

    update catalog.image i
    set alt = coalesce(document ->> 'alt', i.alt),
        variant_id = case when document ? 'variant_id' then variant
                          else i.variant_id end,
        version = i.version + 1
    where i.id = old.id;
    if document ? 'position' then
        perform media.place(product.id, old.id,
                            (document ->> 'position')::int);
    end if;
    perform media.product_touched(product.id);

    perform ops.record(store, actor, 'image.change', 'product:' || product.id,
                       to_jsonb(old), document);
    return media.image_answer(product, old.id, 200);
end
$$;

comment on function media.image_change is
    'PATCH /products/{id}/images/{image}: the members that the document has';
