drop function if exists inventory.updated(text, inventory.stock);

create or replace function inventory.updated(variant catalog.variant,
        tags text)
    returns api.answer
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select row(200, (e.body || v.body)::text,
               inventory.print_of(variant.product_id) || '.'
                   || to_hex(hashtext(e.body::text)),
               null::text, tags, false)::api.answer
    from inventory.exact(variant.product_id) as e (body)
    cross join lateral (
        select v - 'warehouses' as body
        from jsonb_array_elements(e.body -> 'variants') as v
        where v ->> 'variant_id' = variant.id::text) as v
$$;

comment on function inventory.updated is
    'answer of a change of stock: the figures of the variant, and those of all'
    ' of them';
