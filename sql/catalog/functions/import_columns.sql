create or replace function catalog.import_columns(store store.store,
        header text[], mapping jsonb, out columns text[], out wrong text)
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    title text;
    name text;
    known constant text[] := array['slug', 'sku', 'name', 'description',
        'status', 'category', 'type', 'tax_class', 'currency', 'price',
        'compare_at_price', 'stock', 'barcode', 'weight_grams',
        'requires_shipping', 'min_quantity', 'max_quantity', 'quantity_step',
        'tags', 'images', 'publish_at', 'unpublish_at'];
begin
    columns := '{}';
    foreach title in array header loop
        title := btrim(title);
        name := coalesce(mapping ->> title,
            case when title ~ '^(attr|attributes|option|options|meta|metadata'
                    '|seo|price|prices|name|description)\.'
                 then title else lower(title) end);
        name := case
            when name = any (known) then name
            when name = any (array['attributes', 'options', 'metadata', 'seo',
                              'translations'])
                then name || '{}'
            when name ~ '^attr(ibutes)?\..' then
                'attributes.' || substr(name, strpos(name, '.') + 1)
            when name ~ '^options?\..' then
                'options.' || substr(name, strpos(name, '.') + 1)
            when name ~ '^meta(data)?\..' then
                'metadata.' || substr(name, strpos(name, '.') + 1)
            when name in ('seo.title', 'seo.description') then name
            when name ~ '^(name|description)\.'
                and substr(name, strpos(name, '.') + 1)
                    = any (store.locales[2:])
                then 'translations.' || name
            when name = 'product_type' then 'type'
            when name ~ '^prices?\.[A-Z]{3}$'
                and right(name, 3) = any (store.currencies)
                then 'prices.' || right(name, 3)
            when name in ('', 'import_line', 'import_error') then ''
        end;
        if name is null then
            wrong := format('There is no column %s.', quote_literal(title));
            return;
        end if;
        if name <> '' and name = any (columns) then
            wrong := format('The column %s is there twice.',
                            quote_literal(title));
            return;
        end if;
        columns := columns || name;
    end loop;
    if not columns && array['slug', 'sku', 'name'] then
        wrong := 'A column slug, sku or name is needed.';
    end if;
end
$$;

comment on function catalog.import_columns is
    'what the columns of a file are; x.y is member y of x, x{} a JSON object,'
    ' an empty one is passed over';
