drop function if exists catalog.import_words(text, int, int, text);
drop function if exists catalog.import_check_cells(store.store, jsonb);

create or replace function catalog.import_check_cells(store store.store,
        cells jsonb, category bigint)
    returns table (flaws boolean[])
    language sql stable
as $$
    -- in the order of catalog.import_complaints()
    select array[
        cells ->> 'slug' !~ '^[a-z0-9]+(-[a-z0-9]+)*$'
            or cells ->> 'slug' !~ '[a-z]' or length(cells ->> 'slug') > 128,
        cells ->> 'slug' in ('bulk', 'manage', 'search', 'suggest'),
        length(cells ->> 'sku') > 64,
        length(cells ->> 'name') > 200,
        length(cells ->> 'description') > 20000,
        cells ->> 'status' not in ('draft', 'published', 'archived'),
        cells ->> 'category' <> '-' and category is null,
        cells ? 'tax_class' and not exists (
            select from store.tax_class t where t.store_id = store.id
            and t.code = cells ->> 'tax_class'),
        cells ->> 'currency' <> all (store.currencies),
        cells ->> 'price' !~ '^[0-9]{1,11}$',
        cells ->> 'compare_at_price' !~ '^([0-9]{1,11}|-)$',
        cells ? 'prices' and exists (
            select from jsonb_each_text(cells -> 'prices') as p
            where p.value !~ '^[0-9]{1,11}$'),
        cells ->> 'stock' !~ '^[0-9]{1,9}$',
        length(cells ->> 'barcode') > 64,
        case when cells ->> 'weight_grams' ~ '^[0-9]{1,9}$'
             then (cells ->> 'weight_grams')::int > 100000000
             else cells ? 'weight_grams' end,
        lower(cells ->> 'requires_shipping') not in ('true', 'false', 'yes',
            'no', '1', '0'),
        cells ->> 'tags' <> '-' and (
            select count(*) > 100 or bool_or(btrim(w) = ''
                       or length(btrim(w)) > 100)
            from unnest(string_to_array(cells ->> 'tags', '|')) as w),
        cells ->> 'images' <> '-' and (
            select count(*) > 50 or bool_or(length(btrim(w)) > 2000
                or btrim(w) !~ '^(https?://|/[^/])[^[:space:][:cntrl:]]*$')
            from unnest(string_to_array(cells ->> 'images', '|')) as w),
        cells ?| array['seo', 'seo{}'] and not catalog.import_check_seo(cells),
        cells ?| array['metadata', 'metadata{}'] and octet_length((
            coalesce(cells -> 'metadata{}', '{}')
            || coalesce(cells -> 'metadata', '{}'))::text) > 20000,
        cells -> 'options' <> '{}' and (
            (select count(*) from jsonb_object_keys(cells -> 'options')) > 5
            or exists (
                select from jsonb_each(cells -> 'options') as o
                where length(o.key) not between 1 and 60
                or jsonb_typeof(o.value) <> 'string'
                or length(o.value #>> '{}') not between 1 and 100)),
        case when cells ? 'min_quantity'
             then not catalog.import_count(cells ->> 'min_quantity') end,
        case when cells ->> 'max_quantity' <> '-'
             then not catalog.import_count(cells ->> 'max_quantity') end,
        case when cells ? 'quantity_step'
             then not catalog.import_count(cells ->> 'quantity_step') end,
        cells ?| array['translations', 'translations{}']
            and not catalog.import_check_translations(store.id, cells)
    ]
$$;

comment on function catalog.import_check_cells is
    'what is wrong with the cells of a row by themselves; category: the one'
    ' that they name';
