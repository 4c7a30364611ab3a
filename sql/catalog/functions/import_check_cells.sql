create or replace function catalog.import_check_cells(store store.store,
        cells jsonb)
    returns table (name text, detail text)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select c.name, c.detail
    from (values
        ('slug', 'is lower-case letters, digits and single hyphens, with at'
            ' least one letter, 128 at most',
         cells ->> 'slug' !~ '^[a-z0-9]+(-[a-z0-9]+)*$'
         or cells ->> 'slug' !~ '[a-z]' or length(cells ->> 'slug') > 128),
        ('slug', 'is a word that has a meaning of its own here',
         cells ->> 'slug' in ('bulk', 'manage', 'search', 'suggest')),
        ('sku', 'has at most 64 characters', length(cells ->> 'sku') > 64),
        ('name', 'has at most 200 characters', length(cells ->> 'name') > 200),
        ('description', 'has at most 20000 characters',
         length(cells ->> 'description') > 20000),
        ('status', 'is draft, published or archived',
         cells ->> 'status' not in ('draft', 'published', 'archived')),
        ('category', 'is not there: give its slug or id',
         cells ->> 'category' <> '-'
         and catalog.category_find(store.id, cells ->> 'category') is null),
        ('tax_class', 'is not one of the store''s', cells ? 'tax_class'
         and not exists (
             select from store.tax_class t where t.store_id = store.id
             and t.code = cells ->> 'tax_class')),
        ('currency', 'is not one of the store''s',
         cells ->> 'currency' <> all (store.currencies)),
        ('price', 'is an integer in minor units: 1999 is 19.99',
         cells ->> 'price' !~ '^[0-9]{1,11}$'),
        ('compare_at_price', 'is an integer in minor units: 1999 is 19.99',
         cells ->> 'compare_at_price' !~ '^([0-9]{1,11}|-)$'),
        ('prices', 'are integers in minor units: 1999 is 19.99', cells ?
         'prices' and exists (
             select from jsonb_each_text(cells -> 'prices') as p
             where p.value !~ '^[0-9]{1,11}$')),
        ('stock', 'is an integer from 0 to 999999999',
         cells ->> 'stock' !~ '^[0-9]{1,9}$'),
        ('barcode', 'has at most 64 characters',
         length(cells ->> 'barcode') > 64),
        ('weight_grams', 'is an integer from 0 to 100000000',
         case when cells ->> 'weight_grams' ~ '^[0-9]{1,9}$'
              then (cells ->> 'weight_grams')::int > 100000000
              else cells ? 'weight_grams' end),
        ('requires_shipping', 'is true or false',
         lower(cells ->> 'requires_shipping') not in ('true', 'false', 'yes',
             'no', '1', '0')),
        ('tags', 'are at most 100 of 100 characters, separated by |',
         cells ? 'tags' and not catalog.import_words(cells ->> 'tags', 100,
                                                     100, '.')),
        ('images', 'are at most 50 addresses, separated by |: https://,'
            ' http:// or paths of this shop',
         cells ? 'images' and not catalog.import_words(cells ->> 'images', 50, 2000,
             '^(https?://|/[^/])[^[:space:][:cntrl:]]*$')),
        ('seo', 'has title, description, keywords, image and robots of a'
            ' product, no other', cells ?| array['seo', 'seo{}']
         and not catalog.import_check_seo(cells)),
        ('metadata', 'takes at most 20000 bytes', octet_length((coalesce(
             cells -> 'metadata{}', '{}') || coalesce(cells -> 'metadata',
             '{}'))::text) > 20000),
        ('options', 'are at most 5 of 100 characters',
         cells -> 'options' <> '{}' and (
             (select count(*) from jsonb_object_keys(cells -> 'options')) > 5
             or exists (
                 select from jsonb_each(cells -> 'options') as o
                 where length(o.key) not between 1 and 60
                 or jsonb_typeof(o.value) <> 'string'
                 or length(o.value #>> '{}') not between 1 and 100)))
    ) as c (name, detail, wrong)
    where c.wrong
$$;

comment on function catalog.import_check_cells is
    'what is wrong with the cells of a row by themselves';
