create or replace function catalog.specifications(type bigint,
                                                  attributes jsonb)
    returns json
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
    if type is null then
        return '[]';
    end if;
    return (
        select coalesce(json_agg(case a.kind
                   when 'swatch' then json_build_object('code', a.code,
                       'name', a.name, 'kind', a.kind,
                       'value', attributes -> a.code, 'unit', a.unit,
                       'swatch', a.swatches -> (attributes ->> a.code))
                   when 'reference' then json_build_object('code', a.code,
                       'name', a.name, 'kind', a.kind,
                       'value', attributes -> a.code, 'unit', a.unit,
                       'refers_to', a.refers_to)
                   else json_build_object('code', a.code, 'name', a.name,
                       'kind', a.kind, 'value', attributes -> a.code,
                       'unit', a.unit) end
                   order by a.position, a.code), '[]')
        from catalog.attribute a
        where a.type_id = type
        and jsonb_typeof(attributes -> a.code) <> 'null'
    );
end
$$;

comment on function catalog.specifications is
    'the attributes of a typed product as people read them, in the order of'
    ' its type';
