create or replace function catalog.put_attributes(type bigint,
                                                  attributes jsonb)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    a record;
begin
    delete from catalog.attribute x where x.type_id = type;
    for a in
        select x.value as j, x.n, format('/attributes/%s', x.n - 1) as field
        from jsonb_array_elements(attributes) with ordinality as x (value, n)
    loop
        if exists (select from catalog.attribute x where x.type_id = type
                   and x.code = a.j ->> 'code')
        then
            perform api.fail('PR422', 'Two attributes have this code.',
                             a.field || '/code');
        end if;
        perform catalog.put_attribute(type, a.j, a.n::int, a.field);
    end loop;
end
$$;

comment on function catalog.put_attributes is
    'the attributes of a type, in this order, in place of those it had';
