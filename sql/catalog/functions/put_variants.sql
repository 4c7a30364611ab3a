create or replace function catalog.put_variants(product catalog.product,
        document jsonb, currency text, actor uuid)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    price bigint := catalog.amount_of(document -> 'price', currency, '/price');
    base text := coalesce(document ->> 'sku', 'P' || product.id);
    many boolean := coalesce(jsonb_array_length(document -> 'variants'), 0) > 1;
    v record;
begin
    for v in
        select x.value, x.n from jsonb_array_elements(
            case when coalesce(jsonb_array_length(document -> 'variants'), 0)
                      = 0
                 then jsonb_build_array(jsonb_build_object('options', (
                     select jsonb_object_agg(o.name, o."values"[1])
                     from catalog.option o where o.product_id = product.id)))
                 else document -> 'variants' end)
            with ordinality as x (value, n)
    loop
        perform catalog.put_variant(product,
            case when v.n = 1 then product.id
                 else nextval('catalog.item_id') end,
            jsonb_strip_nulls(jsonb_build_object(
                'barcode', document -> 'barcode',
                'stock', document -> 'stock',
                'compare_at_price', document -> 'compare_at_price',
                'weight_grams', document -> 'weight_grams',
                'requires_shipping', document -> 'requires_shipping',
                'min_quantity', document -> 'min_quantity',
                'max_quantity', document -> 'max_quantity',
                'quantity_step', document -> 'quantity_step',
                'prices', document -> 'prices'))
            || jsonb_build_object('price', price, 'sku',
                case when many then base || '-' || v.n else base end)
            || jsonb_strip_nulls(v.value),
            v.n::int, currency, actor,
            case when document -> 'variants' is null then ''
                 else format('/variants/%s', v.n - 1) end);
    end loop;
end
$$;

comment on function catalog.put_variants is
    'variants of a new product: those of the body, or the one it is, which has'
    ' the first value of each option';
