create or replace function pricing.promotion_add(p_store bigint,
        p_actor uuid, p_document jsonb, p_address inet, p_request text)
    returns setof api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    blank constant jsonb := '{"applies_to": "order", "automatic": false,
        "active": true, "priority": 0, "exclusive": false, "amounts": {},
        "products": [], "variants": [], "categories": [], "collections": [],
        "except_products": [], "except_categories": [], "get_products": [],
        "get_variants": [], "get_categories": [], "get_collections": [],
        "min_totals": {}, "currencies": [], "countries": [], "methods": [],
        "first_order": false, "metadata": {}, "translations": {}}';
    p pricing.promotion := jsonb_populate_record(null::pricing.promotion,
        blank || case p_document ->> 'kind'
            when 'buy_x_get_y' then '{"basis_points": 10000}'
            when 'gift' then '{"get_quantity": 1}' else '{}' end::jsonb);
begin
    p := pricing.promotion_of(p, p_store, p_document - 'groups');
    p.id := nextval(pg_get_serial_sequence('pricing.promotion', 'id'));
    p.store_id := p_store;
    p.version := 1;
    p.created_at := now();
    p.updated_at := now();
    insert into pricing.promotion values (p.*);
    perform pricing.put_groups(p_store, p_document -> 'groups', null, p.id);
    perform pricing.put_use(p);
    perform ops.record(p_store, p_actor, 'promotion.added',
        'promotion:' || p.id, null, p_document, p_address, p_request);
    return query select 201, s.body, s.etag, '/promotions/' || p.id,
        null::text, false
    from pricing.promotion_show(p_store, p.id) as s;
end
$$;

comment on function pricing.promotion_add is 'POST /promotions';
