create or replace function catalog.localized_specifications(listed jsonb,
        own jsonb, type jsonb)
    returns jsonb
    language plpgsql immutable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        select coalesce(jsonb_agg(s.value || jsonb_strip_nulls(
                   jsonb_build_object(
                       'name', type -> 'attributes' -> (s.value ->> 'code'),
                       'value', coalesce(
                           own -> 'attributes' -> (s.value ->> 'code'),
                           catalog.localized_value(s.value -> 'value',
                                                   type -> 'values'))))
                   order by s.n), '[]')
        from jsonb_array_elements(listed) with ordinality as s (value, n)
    );
end
$$;

comment on function catalog.localized_specifications is
    'attributes as people read them: names and choices by the type''s'
    ' translations, texts by the product''s own';
