create or replace function catalog.check_attributes(type bigint,
                                                    attributes jsonb)
    returns void
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    a record;
    wrong text;
begin
    if type is null then
        return;
    end if;
    for a in
        select coalesce(x.code, g.key) as code, x.kind, x.required, x.choices,
               x.low, x.high, nullif(g.value, 'null') as value
        from (select * from catalog.attribute k where k.type_id = type) as x
        full join jsonb_each(attributes) as g (key, value) on g.key = x.code
        order by x.position, 1
    loop
        wrong := case
            when a.kind is null then 'The type has no such attribute.'
            when a.value is null then
                case when a.required then 'Products of this type need it.' end
            else catalog.attribute_wrong(a.kind, a.value, a.choices, a.low,
                                         a.high) end;
        if wrong is not null then
            perform api.fail('PR422', wrong, '/attributes/' || replace(
                replace(a.code, '~', '~0'), '/', '~1'));
        end if;
    end loop;
end
$$;

comment on function catalog.check_attributes is
    'refuses attributes that are not as the product''s type says';
