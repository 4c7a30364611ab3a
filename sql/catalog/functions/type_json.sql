create or replace function catalog.type_json(type catalog.product_type)
    returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return (
        select json_build_object(
            'id', type.id::text,
            'code', type.code,
            'name', type.name,
            'attributes', coalesce((
                select json_agg(json_build_object('code', a.code,
                           'name', a.name, 'kind', a.kind,
                           'required', a.required,
                           'filterable', a.filterable,
                           'choices', a.choices, 'unit', a.unit,
                           'min', a.low, 'max', a.high,
                           'swatches', a.swatches,
                           'refers_to', a.refers_to)
                           order by a.position, a.code)
                from catalog.attribute a where a.type_id = type.id), '[]'),
            'metadata', type.metadata,
            'translations', type.translations,
            'created_at', api.time(type.created_at),
            'updated_at', api.time(type.updated_at))::text
    );
end
$$;

comment on function catalog.type_json is 'a product type with its attributes';
