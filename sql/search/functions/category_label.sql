create or replace function search.category_label(category catalog.category)
    returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select ' ' || search.normal(category.name) || coalesce((
        select string_agg('  ' || search.normal(t.value ->> 'name'), ''
                          order by t.key)
        from jsonb_each(category.translations) as t
        where t.value ? 'name'), '')
$$;

comment on function search.category_label is
    'what suggestions know a category by: its names in all languages, two'
    ' spaces apart';
