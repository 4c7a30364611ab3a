create or replace function catalog.localized_options(options jsonb,
                                                     words jsonb)
    returns jsonb
    language plpgsql immutable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        select coalesce(jsonb_agg(jsonb_build_object(
                   'name', coalesce(words -> 'options' -> (o.value ->> 'name'),
                                    o.value -> 'name'),
                   'values', (
                       select jsonb_agg(coalesce(words -> 'values' -> (v.word),
                                                 to_jsonb(v.word)) order by v.n)
                       from jsonb_array_elements_text(o.value -> 'values')
                           with ordinality as v (word, n)))
                   order by o.n), '[]')
        from jsonb_array_elements(options) with ordinality as o (value, n)
    );
end
$$;

comment on function catalog.localized_options is
    'options of a product with their translated words';
