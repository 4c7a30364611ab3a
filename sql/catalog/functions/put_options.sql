create or replace function catalog.put_options(product bigint,
                                               document jsonb)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    wrong bigint;
begin
    -- declared options first, then those that variants bring
    insert into catalog.option (product_id, position, name, "values")
    select product, row_number() over (order by min(n)), name,
           array_agg(value order by at)
    from (
        select name, value, min(n) as n, min(at) as at
        from (
            select o.value ->> 'name' as name, v.value, o.n as n, v.n as at
            from jsonb_array_elements(document -> 'options')
                    with ordinality as o (value, n),
                jsonb_array_elements_text(o.value -> 'values')
                    with ordinality as v (value, n)
            union all
            select p.key, p.value, 1000 + p.n, 1000 * (1 + v.n)
            from jsonb_array_elements(document -> 'variants')
                    with ordinality as v (value, n),
                jsonb_each_text(v.value -> 'options')
                    with ordinality as p (key, value, n)
        ) as pairs
        group by name, value
    ) as d
    group by name;

    select v.n - 1 into wrong
    from jsonb_array_elements(document -> 'variants')
        with ordinality as v (value, n)
    where exists (
        select from catalog.option o where o.product_id = product
        and coalesce(v.value -> 'options' ->> o.name, '') = '')
    limit 1;
    if found then
        perform api.fail('PR422',
            'A variant has a value for each option of the product.',
            format('/variants/%s/options', wrong));
    end if;
exception when check_violation then
    perform api.fail('PR422',
        'At most 5 options with 1 to 100 values each.', '/options');
end
$$;

comment on function catalog.put_options is
    'options of a new product: those declared and those its variants use';
