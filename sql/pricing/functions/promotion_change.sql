create or replace function pricing.promotion_change(p_store bigint,
        p_id bigint, p_actor uuid, p_version bigint, p_document jsonb,
        p_address inet, p_request text)
    returns setof api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    old pricing.promotion;
    p pricing.promotion;
begin
    old := pricing.promotion_locked(p_store, p_id, p_version);
    p := pricing.promotion_of(old, p_store, p_document - 'groups');
    perform pricing.put_groups(p_store, p_document -> 'groups', null, p_id);
    update pricing.promotion t
    set name = p.name, applies_to = p.applies_to, automatic = p.automatic,
        active = p.active, priority = p.priority, exclusive = p.exclusive,
        starts_at = p.starts_at, ends_at = p.ends_at,
        basis_points = p.basis_points, amounts = p.amounts,
        buy_quantity = p.buy_quantity, get_quantity = p.get_quantity,
        max_times = p.max_times, gift_variant_id = p.gift_variant_id,
        products = p.products, variants = p.variants,
        categories = p.categories, collections = p.collections,
        except_products = p.except_products,
        except_categories = p.except_categories,
        get_products = p.get_products, get_variants = p.get_variants,
        get_categories = p.get_categories,
        get_collections = p.get_collections, min_totals = p.min_totals,
        min_quantity = p.min_quantity, currencies = p.currencies,
        countries = p.countries, methods = p.methods,
        first_order = p.first_order, max_uses = p.max_uses,
        max_uses_per_customer = p.max_uses_per_customer,
        metadata = p.metadata, translations = p.translations,
        version = t.version + 1, updated_at = now()
    where t.id = p_id;
    perform pricing.put_use(p);
    perform ops.record(p_store, p_actor, 'promotion.changed',
        'promotion:' || p_id, pricing.promotion_body(old), p_document,
        p_address, p_request);
    return query select 200, s.body, s.etag, null::text, null::text, false
    from pricing.promotion_show(p_store, p_id) as s;
end
$$;

comment on function pricing.promotion_change is
    'PATCH /promotions/{promotion}';
