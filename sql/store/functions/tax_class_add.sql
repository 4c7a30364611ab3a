create or replace function store.tax_class_add(p_store bigint, p_actor uuid,
        p_request text, p_code text, p_name text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    c store.tax_class;
begin
    if p_code !~ '^[a-z0-9_-]{1,40}$' then
        perform api.fail('SO422', 'must be small letters, digits, - and _',
                         '/code');
    end if;
    insert into store.tax_class (store_id, code, name)
    values (p_store, p_code, p_name)
    returning * into c;
    perform ops.record(p_store, p_actor, 'tax_class.add',
        'tax_class:' || p_code, null, to_jsonb(c), null, p_request);
    return row(201, store.tax_class_json(c)::text, c.version::text,
               '/tax-classes/' || c.code, null, false)::api.answer;
exception when unique_violation then
    perform api.fail('SO409', 'There is a tax class of this code.');
end
$$;

comment on function store.tax_class_add is 'POST /tax-classes';
