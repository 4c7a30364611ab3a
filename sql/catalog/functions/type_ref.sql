create or replace function catalog.type_ref(type bigint)
    returns json
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if type is null then
        return null;
    end if;
    return (select json_build_object('id', t.id::text, 'code', t.code,
                                     'name', t.name)
            from catalog.product_type t where t.id = type);
end
$$;

comment on function catalog.type_ref is 'a type as its products show it';
