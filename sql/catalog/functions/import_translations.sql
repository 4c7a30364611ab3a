create or replace function catalog.import_translations(old jsonb, object jsonb,
                                                       cells jsonb)
    returns jsonb
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_strip_nulls(o.base || coalesce((
        select jsonb_object_agg(w.locale, nullif((case
                   jsonb_typeof(o.base -> w.locale)
                   when 'object' then o.base -> w.locale else '{}' end
                   || coalesce(w.given, '{}')) - w.taken, '{}'))
        from (select split_part(c.key, '.', 2) as locale,
                     jsonb_object_agg(split_part(c.key, '.', 1), c.value)
                         filter (where c.value <> '"-"') as given,
                     coalesce(array_agg(split_part(c.key, '.', 1))
                         filter (where c.value = '"-"'), '{}') as taken
              from jsonb_each(cells) as c
              group by 1) as w), '{}'))
    from (select coalesce(old, '{}') || coalesce(object, '{}') as base) as o
$$;

comment on function catalog.import_translations is
    'a product''s translations after its rows: locales of the JSON column are'
    ' replaced as a whole, single columns (name.de) set a text, "-" takes it'
    ' away';
