create or replace function pricing.promotion_body(p pricing.promotion)
    returns jsonb
    language sql stable
as $$
    select to_jsonb(p) - '{store_id,version}'::text[] || jsonb_build_object(
        'id', p.id::text,
        'starts_at', api.time(p.starts_at),
        'ends_at', api.time(p.ends_at),
        'amounts', pricing.amounts_json(p.amounts),
        'min_totals', pricing.amounts_json(p.min_totals),
        'gift_variant_id', p.gift_variant_id::text,
        'products', to_jsonb(p.products::text[]),
        'variants', to_jsonb(p.variants::text[]),
        'categories', to_jsonb(p.categories::text[]),
        'collections', to_jsonb(p.collections::text[]),
        'except_products', to_jsonb(p.except_products::text[]),
        'except_categories', to_jsonb(p.except_categories::text[]),
        'get_products', to_jsonb(p.get_products::text[]),
        'get_variants', to_jsonb(p.get_variants::text[]),
        'get_categories', to_jsonb(p.get_categories::text[]),
        'get_collections', to_jsonb(p.get_collections::text[]),
        'groups', (select coalesce(jsonb_agg(g.group_id::text
                                             order by g.group_id), '[]')
                   from pricing.promotion_group g
                   where g.promotion_id = p.id),
        'uses', (select count(*) from pricing.redemption r
                 where r.promotion_id = p.id and r.released_at is null),
        'created_at', api.time(p.created_at),
        'updated_at', api.time(p.updated_at))
$$;

comment on function pricing.promotion_body is 'a promotion as the API shows it';
