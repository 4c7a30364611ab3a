create or replace function catalog.import_attributes(old jsonb, object jsonb,
                                                     cells jsonb)
    returns jsonb
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select (coalesce(old, '{}') || coalesce(object, '{}')
            || coalesce(cells, '{}'))
        - array(select c.key from jsonb_each(cells) as c
                where c.value = 'null')
$$;

comment on function catalog.import_attributes is
    'a product''s attributes after its rows: the JSON column''s, then those of'
    ' single columns, where null takes one away';
