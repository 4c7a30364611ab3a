create or replace function catalog.words_of(product catalog.product)
    returns table (locale text, kind text, word text, said text)
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select distinct t.key, k.kind, lower(w.key), w.value
    from jsonb_each(product.translations) as t
    cross join (values ('name', 'options'), ('value', 'values'))
        as k (kind, member)
    cross join jsonb_each_text(t.value -> k.member) as w
    where product.deleted_at is null
$$;

comment on function catalog.words_of is
    'what a product''s options and values are called in other languages';
