create or replace function search.translated_texts(product catalog.product,
        locales text[], path bigint[])
    returns table (config regconfig, names text, kinds text, about text)
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
    return query
    select search.language(t.key),
           search.normal(coalesce(t.value ->> 'name', '')),
           search.normal(concat_ws(' ',
               (select string_agg(to_jsonb(c) #>> array['translations', t.key,
                                                         'name'], ' ')
                from catalog.category c where c.id = any (path)),
               (select string_agg(v.value, ' ')
                from jsonb_each_text(t.value -> 'values') as v))),
           search.normal(left(coalesce(t.value ->> 'description', ''), 5000))
    from jsonb_each(to_jsonb(product) -> 'translations') as t
    where t.key = any (locales);
end
$$;

comment on function search.translated_texts is
    'the texts of a product in the other languages of a store';
