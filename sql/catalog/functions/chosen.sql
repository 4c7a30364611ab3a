create or replace function catalog.chosen(product bigint, options jsonb,
                                          old text[], field text)
    returns text[]
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    o catalog.option;
    value text;
    values text[] := '{}';
    unknown text;
begin
    select g.key into unknown from jsonb_object_keys(options) as g (key)
        where g.key not in (select k.name from catalog.option k
                            where k.product_id = product) limit 1;
    if found then
        perform api.fail('PR422', 'The product has no such option.',
                         field || '/' || unknown);
    end if;
    for o in select k.* from catalog.option k where k.product_id = product
        order by k.position
    loop
        value := coalesce(options ->> o.name, old[o.position]);
        if value is null or value <> all (o."values") then
            perform api.fail('PR422', format('%s is one of %s.', o.name,
                array_to_string(o."values", ', ')), field);
        end if;
        values := values || value;
    end loop;
    return values;
end
$$;

comment on function catalog.chosen is
    'the values of a variant in the order of the options, checked';
