create or replace function pricing.promotion_of(p_old pricing.promotion,
        p_store bigint, p_document jsonb)
    returns pricing.promotion
    language plpgsql stable
as $$
declare
    field text;
    tables constant jsonb := '{"products": "catalog.product",
        "variants": "catalog.variant", "categories": "catalog.category",
        "collections": "catalog.collection",
        "except_products": "catalog.product",
        "except_categories": "catalog.category",
        "get_products": "catalog.product", "get_variants": "catalog.variant",
        "get_categories": "catalog.category",
        "get_collections": "catalog.collection"}';
    p pricing.promotion;
begin
    for field in select k from jsonb_object_keys(tables) as k order by k loop
        if p_document ? field then
            perform pricing.ids_checked(p_document -> field,
                (tables ->> field)::regclass, p_store, '/' || field);
        end if;
    end loop;
    if jsonb_typeof(p_document -> 'gift_variant_id') = 'string' then
        perform pricing.ids_checked(jsonb_build_array(
            p_document -> 'gift_variant_id'), 'catalog.variant', p_store,
            '/gift_variant_id');
    end if;
    p := jsonb_populate_record(p_old, p_document
        - '{amounts,min_totals,translations}'::text[]);
    p.translations := store.words(p_store, p_old.translations,
        p_document -> 'translations', '{name}', '/translations');
    if p_document ? 'amounts' then
        p.amounts := pricing.amounts_of(p_document -> 'amounts', p_store,
                                        '/amounts');
    end if;
    if p_document ? 'min_totals' then
        p.min_totals := pricing.amounts_of(p_document -> 'min_totals',
                                           p_store, '/min_totals');
    end if;
    perform pricing.promotion_checked(p, p_store);
    return p;
end
$$;

comment on function pricing.promotion_of is
    'a promotion with what a body says of it, once that is found to be right';
