create or replace function catalog.facet_words(store bigint, locale text)
    returns jsonb
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
    return (
        select jsonb_build_object(
            'name', coalesce(jsonb_object_agg(w.word, w.said)
                             filter (where w.kind = 'name'), '{}'),
            'value', coalesce(jsonb_object_agg(w.word, w.said)
                              filter (where w.kind = 'value'), '{}'),
            'choice', coalesce(jsonb_object_agg(w.word, w.said)
                               filter (where w.kind = 'choice'), '{}'))
        from (
            -- what a type says goes before what products say
            select distinct on (u.kind, u.word) u.kind, u.word, u.said
            from (
                select 'name' as kind, lower(n.key) as word, n.value as said,
                       null::bigint as products, y.id
                from catalog.product_type y,
                     jsonb_each_text(y.translations -> locale
                                     -> 'attributes') as n
                where y.store_id = store
                union all
                select 'choice', lower(a.code || '=' || v.key), v.value,
                       null, y.id
                from catalog.product_type y,
                     jsonb_each_text(y.translations -> locale -> 'values')
                         as v, catalog.attribute a
                where y.store_id = store and a.type_id = y.id
                and v.key = any (a.choices)
                union all
                select w.kind, w.word, w.said, w.products, 0
                from catalog.word w
                where w.store_id = store and w.locale = locale
                and w.products > 0
            ) as u
            order by u.kind, u.word, u.products desc nulls first, u.id, u.said
        ) as w
    );
end
$$;

comment on function catalog.facet_words is
    'what a store calls attributes, options, their values and choices in'
    ' another of its languages';
