create or replace function wishlist.watched(store bigint, ref text,
                                            variant text)
    returns bigint
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    product bigint := review.product_of(store, ref);
    variants bigint[];
begin
    select array_agg(v.id) into variants from catalog.variant v
        where v.product_id = product and v.deleted_at is null
        and (variant is null or v.id::text = variant);
    if variants is null then
        perform api.fail('WL422', 'is no variant of this product',
                         '/variant_id');
    end if;
    if cardinality(variants) > 1 then
        perform api.fail('PV422', 'Say which variant.', '/variant_id');
    end if;

    -- stock that comes while this is written waits for it, and finds it
    perform from inventory.stock k where k.variant_id = variants[1]
        and k.shown = 0 order by k.warehouse_id for share;
    if wishlist.in_stock(product, variants[1]) then
        perform api.fail('WS409', 'It is in stock.');
    end if;
    return variants[1];
end
$$;

comment on function wishlist.watched is
    'the variant that one waits for: it is sold out';
