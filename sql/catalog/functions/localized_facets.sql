create or replace function catalog.localized_facets(store bigint,
        facets text, locale text)
    returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    f jsonb := facets;
    own jsonb := catalog.facet_words(store, locale);
begin
    return (f || jsonb_build_object(
        'categories', (
            select coalesce(jsonb_agg(g.value || jsonb_strip_nulls(
                       jsonb_build_object('name',
                           c.translations -> locale -> 'name'))
                       order by g.n), '[]')
            from jsonb_array_elements(f -> 'categories')
                with ordinality as g (value, n)
            left join catalog.category c
                on c.id = (g.value ->> 'id')::bigint),
        'attributes', (
            select coalesce(jsonb_agg(a.value || jsonb_strip_nulls(
                       jsonb_build_object('label', own -> 'name' -> a.name))
                       || jsonb_build_object('values', (
                           select jsonb_agg(v.value || jsonb_strip_nulls(
                                      jsonb_build_object('label', coalesce(
                                          own -> 'choice' -> (a.name || '='
                                              || lower(v.value ->> 'value')),
                                          own -> 'value' -> lower(
                                              v.value ->> 'value'))))
                                      order by v.n)
                           from jsonb_array_elements(a.value -> 'values')
                               with ordinality as v (value, n)))
                       order by a.n), '[]')
            from (select e.value, e.n, lower(e.value ->> 'name') as name
                  from jsonb_array_elements(f -> 'attributes')
                      with ordinality as e (value, n)) as a)))::text;
end
$$;

comment on function catalog.localized_facets is
    'facets in another language of the store: names of categories, labels of'
    ' attributes and values; what attr.NAME takes stays as it is';
