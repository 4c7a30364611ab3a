create or replace function catalog.change_options(product bigint,
                                                  options jsonb)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    o record;
    olds text[] := array(select k.name from catalog.option k
                         where k.product_id = product order by k.position);
    sources int[] := '{}';
    firsts text[] := '{}';
    missing text;
begin
    -- where each option of the new list was before, 0 if it is new
    for o in select x.value ->> 'name' as name, x.value ->> 'was' as was,
                 x.value -> 'values' -> 0 as first, x.n - 1 as n
             from jsonb_array_elements(options)
                 with ordinality as x (value, n)
    loop
        sources := sources || coalesce(array_position(olds,
                                                      coalesce(o.was, o.name)),
                                       0);
        firsts := firsts || (o.first #>> '{}');
        if o.was is not null and o.was <> all (olds) then
            perform api.fail('PR422', 'The product has no such option.',
                             format('/options/%s/was', o.n));
        end if;
    end loop;

    update catalog.variant v set options = x.fresh
    from (select w.id, array(
                     select coalesce(w.options[u.s], u.first)
                     from unnest(sources, firsts) with ordinality
                         as u (s, first, n) order by u.n) as fresh
          from catalog.variant w where w.product_id = product) as x
    where v.id = x.id and v.options <> x.fresh and v.deleted_at is null;

    delete from catalog.option k where k.product_id = product;
    insert into catalog.option (product_id, position, name, "values")
    select product, x.n, x.value ->> 'name', array(
        select e.value from jsonb_array_elements_text(x.value -> 'values')
            with ordinality as e (value, n) group by e.value order by min(e.n))
    from jsonb_array_elements(options) with ordinality as x (value, n);

    select format('/options/%s/values', k.position - 1) into missing
    from catalog.option k
    join catalog.variant v on v.product_id = product and v.deleted_at is null
    where k.product_id = product and v.options[k.position] <> all (k."values")
    order by k.position limit 1;
    if found then
        perform api.fail('PR422', 'A variant has a value that is not among'
                         ' them.', missing);
    end if;
exception when unique_violation then
    perform api.fail('PR422', case when sqlerrm like '%variant%'
        then 'Without it two variants would be the same.'
        else 'Two options have the same name.' end, '/options');
end
$$;

comment on function catalog.change_options is
    'the options of a product in place of those it had: one may be renamed'
    ' (was), variants get the first value of a new one';
