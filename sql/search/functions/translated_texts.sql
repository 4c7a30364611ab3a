create or replace function search.translated_texts(product catalog.product,
        locales text[], path bigint[])
    returns table (config regconfig, names text, kinds text, about text)
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
    return query
    select search.language(t.key), search.normal(coalesce(t.name, '')),
           search.normal(t.kinds), search.normal(coalesce(t.about, ''))
    from (
        select l as key, o.words ->> 'name' as name, concat_ws(' ',
               (select string_agg(c.translations -> l ->> 'name', ' ')
                from catalog.category c where c.id = any (path)),
               (select string_agg(v.value, ' ')
                from jsonb_each_text(o.words -> 'values') as v),
               (select string_agg(v.value, ' ')
                from jsonb_each_text(o.words -> 'attributes') as v),
               search.translated_choices(product.type_id, product.attributes,
                                         l)) as kinds,
               left(o.words ->> 'description', 5000) as about
        from unnest(locales) as l
        cross join lateral (select product.translations -> l) as o (words)
    ) as t
    where t.name is not null or t.about is not null or t.kinds <> '';
end
$$;

comment on function search.translated_texts is
    'the texts of a product, its categories and choices in the other languages'
    ' of a store';
