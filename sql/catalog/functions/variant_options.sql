create or replace function catalog.variant_options(product bigint,
                                                   chosen text[])
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(jsonb_object_agg(o.name, chosen[o.position]), '{}')
    from catalog.option o where o.product_id = product
$$;

comment on function catalog.variant_options is
    'what a variant has chosen, as {"Size": "M"}';
