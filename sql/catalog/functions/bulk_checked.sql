create or replace function catalog.bulk_checked(document jsonb)
    returns void
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    fresh boolean := not document ? 'id';
    wrong text;
begin
    wrong := case when fresh and not document ? 'name' then '/name'
                  when fresh and not document ? 'price' then '/price' end;
    if wrong is not null then
        perform api.fail('PR422', 'A new product needs it.', wrong);
    end if;
    if not fresh and document ? 'stock' then
        perform api.fail('PR422', 'Stock is changed by itself.', '/stock');
    end if;
    if fresh and document ? 'version' then
        perform api.fail('PR422', 'A new product has no version.', '/version');
    end if;

    select format('/variants/%s/%s', v.n - 1, m.key) into wrong
    from jsonb_array_elements(document -> 'variants')
        with ordinality as v (value, n), jsonb_object_keys(v.value) as m (key)
    where m.key = case when fresh then 'id' else 'stock' end
    or fresh and m.key = 'position'
    order by v.n limit 1;
    if found then
        perform api.fail('PR422', case when fresh then 'A new variant has no'
            ' such member.' else 'Stock is changed by itself.' end, wrong);
    end if;
    select format('/options/%s/was', o.n - 1) into wrong
    from jsonb_array_elements(document -> 'options')
        with ordinality as o (value, n)
    where fresh and o.value ? 'was' order by o.n limit 1;
    if found then
        perform api.fail('PR422', 'A new option had no name before.', wrong);
    end if;
end
$$;

comment on function catalog.bulk_checked is
    'refuses in a row of a bulk request what does not go with its being new,'
    ' or old';
