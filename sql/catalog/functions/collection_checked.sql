create or replace function catalog.collection_checked(
        c catalog.collection, document jsonb)
    returns catalog.collection
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform media.check_address(document ->> 'image', '/image');
    if (c.kind = 'rule') <> (c.rule is not null) then
        perform api.fail('PR422', 'A collection by rule has a rule, others'
                         ' have none.', '/rule');
    end if;
    if c.kind = 'rule' and document ? 'products' then
        perform api.fail('PR422', 'The rule says which products these are.',
                         '/products');
    end if;
    if c.kind = 'rule' and c.sort = 'manual' then
        if document ->> 'sort' is not null then
            perform api.fail('PR422', 'Only collections made by hand have an'
                             ' order of their own.', '/sort');
        end if;
        c.sort := 'newest';
    end if;
    c.test := case when c.kind = 'rule'
                   then catalog.rule_test(c.store_id, c.rule) end;
    return c;
end
$$;

comment on function catalog.collection_checked is
    'a collection whose parts go together, with its rule compiled';
