create or replace function catalog.import_complaints()
    returns table (n bigint, name text, detail text)
    language sql immutable
as $$
    select row_number() over (), c.*
    from (values
        ('slug', 'is lower-case letters, digits and single hyphens, with at'
            ' least one letter, 128 at most'),
        ('slug', 'is a word that has a meaning of its own here'),
        ('sku', 'has at most 64 characters'),
        ('name', 'has at most 200 characters'),
        ('description', 'has at most 20000 characters'),
        ('status', 'is draft, published or archived'),
        ('category', 'is not there: give its slug or id'),
        ('tax_class', 'is not one of the store''s'),
        ('currency', 'is not one of the store''s'),
        ('price', 'is an integer in minor units: 1999 is 19.99'),
        ('compare_at_price', 'is an integer in minor units: 1999 is 19.99'),
        ('prices', 'are integers in minor units: 1999 is 19.99'),
        ('stock', 'is an integer from 0 to 999999999'),
        ('barcode', 'has at most 64 characters'),
        ('weight_grams', 'is an integer from 0 to 100000000'),
        ('requires_shipping', 'is true or false'),
        ('tags', 'are at most 100 of 100 characters, separated by |'),
        ('images', 'are at most 50 addresses, separated by |: https://,'
            ' http:// or paths of this shop'),
        ('seo', 'has title, description, keywords, image and robots of a'
            ' product, no other'),
        ('metadata', 'takes at most 20000 bytes'),
        ('options', 'are at most 5 of 100 characters'),
        ('min_quantity', 'is an integer from 1 to 1000000'),
        ('max_quantity', 'is an integer from 1 to 1000000'),
        ('quantity_step', 'is an integer from 1 to 1000000'),
        ('translations', 'have texts of their length by the other languages of'
            ' the store: name, description, seo, options, values, attributes'),
        ('name', 'is needed for a new product'),
        ('price', 'is needed for a new variant'),
        ('sku', 'the product has several variants: name one by its SKU or'
            ' its options'),
        ('options', 'a variant has a value for each option of its product'),
        ('options', 'another row has the same'),
        ('max_quantity', 'no quantity is a multiple of the step between the'
            ' least and the largest'),
        ('sku', 'is that of another product'),
        ('sku', 'is that of another product of this file'),
        ('slug', 'is that of another product of this file'),
        (null, 'this is another seller''s product')
    ) as c (name, detail)
$$;

comment on function catalog.import_complaints is
    'what may be wrong with a row of a file, as people read it';
