create or replace function page.ld_product(product json, base text)
    returns json
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return (
        select json_strip_nulls(json_build_object(
            '@context', 'https://schema.org',
            '@type', 'Product',
            '@id', base || '/products/' || (product ->> 'slug'),
            'name', product ->> 'name',
            'description', product ->> 'description',
            'sku', product -> 'variants' -> 0 ->> 'sku',
            'image', (select json_agg(page.absolute(base, i ->> 'url'))
                      from json_array_elements(product -> 'images') as i),
            'category', product -> 'category' ->> 'name',
            'aggregateRating', case
                when (product -> 'rating' ->> 'count')::bigint > 0 then
                    json_build_object(
                        '@type', 'AggregateRating',
                        'ratingValue', product -> 'rating' -> 'average',
                        'reviewCount', product -> 'rating' -> 'count') end,
            'offers', (
                select json_agg(json_build_object(
                    '@type', 'Offer',
                    'sku', v ->> 'sku',
                    'url', base || '/products/' || (product ->> 'slug'),
                    'price', page.decimal(v -> 'price'),
                    'priceCurrency', v -> 'price' ->> 'currency',
                    'itemCondition', 'https://schema.org/NewCondition',
                    'availability', 'https://schema.org/'
                        || case when (v ->> 'available')::int > 0
                                then 'InStock' else 'OutOfStock' end))
                from json_array_elements(product -> 'variants') as v)))
    );
end
$$;

comment on function page.ld_product is 'schema.org Product of the API''s one';
