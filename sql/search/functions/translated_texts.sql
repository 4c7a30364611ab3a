drop function if exists search.translated_texts(catalog.product, text[],
                                               bigint[]);

create or replace function search.translated_texts(translations jsonb,
        type bigint, attributes jsonb, locales text[])
    returns table (config regconfig, names text, kinds text, about text)
    language sql stable
as $$
    select search.language(t.key), search.normal(coalesce(t.name, '')),
           search.normal(t.kinds), search.normal(coalesce(t.about, ''))
    from (
        select l as key, o.words ->> 'name' as name, concat_ws(' ',
               (select string_agg(v.value, ' ')
                from jsonb_each_text(o.words -> 'values') as v),
               (select string_agg(v.value, ' ')
                from jsonb_each_text(o.words -> 'attributes') as v),
               search.translated_choices(type, attributes, l)) as kinds,
               left(o.words ->> 'description', 5000) as about
        from unnest(locales) as l
        cross join lateral (select translations -> l) as o (words)
        offset 0
    ) as t
    where t.name is not null or t.about is not null or t.kinds <> ''
$$;

comment on function search.translated_texts is
    'the texts of a product and its choices in the other languages of a store';
