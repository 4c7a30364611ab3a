create or replace function catalog.variant_add(store_id bigint, ref text,
        actor uuid, manager boolean, if_version bigint, document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    store store.store;
    product catalog.product;
    fresh bigint := nextval('catalog.item_id');
    n int;
begin
    select s.* into strict store from store.store s
        where s.id = variant_add.store_id;
    product := catalog.product_locked(store.id, ref, actor, manager,
                                      if_version);
    perform catalog.check_prices(store, document);
    perform inventory.lock_products(array[product.id], '{}');
    select count(*) + 1 into n from catalog.variant v
        where v.product_id = product.id;
    if n > 1000 then
        perform api.fail('PR422', 'A product has at most 1000 variants.', '');
    end if;

    -- a value that no variant had yet
    update catalog.option o
        set "values" = o."values" || (document -> 'options' ->> o.name)
        where o.product_id = product.id
        and document -> 'options' ->> o.name <> all (o."values");
    perform catalog.chosen(product.id, coalesce(document -> 'options', '{}'),
                           '{}', '/options');
    perform catalog.put_variant(product, fresh, document || jsonb_build_object(
            'sku', coalesce(document ->> 'sku', 'P' || product.id || '-' || n)),
        coalesce((document ->> 'position')::int, n),
        catalog.currency_of(store, document), actor, '');
    update catalog.variant v set metadata = document -> 'metadata'
        where v.id = fresh and document ? 'metadata';
    -- where it has no price it costs what the first one does
    insert into catalog.price (variant_id, currency, amount, compare_at)
    select fresh, a.currency, a.amount, a.compare_at
    from catalog.price a
    where a.variant_id = (
        select v.id from catalog.variant v
        where v.product_id = product.id and v.deleted_at is null
        and v.id <> fresh
        order by v.position, v.id limit 1)
    on conflict do nothing;

    update catalog.product p set version = p.version + 1, updated_at = now()
        where p.id = product.id;
    perform ops.record(store.id, actor, 'variant.add', 'product:' || product.id,
                       null, document || jsonb_build_object('id', fresh::text));
    return catalog.variant_answer(product, fresh, 201);
exception when check_violation then
    perform api.fail('PR422', 'An option has at most 100 values.', '/options');
end
$$;

comment on function catalog.variant_add is
    'POST /products/{id}/variants: with a value for each option, which may be'
    ' a new one';
