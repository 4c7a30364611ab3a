create or replace function store.tax_class_remove(p_store bigint,
        p_code text, p_actor uuid, p_request text, p_version bigint)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    old store.tax_class := store.tax_class_locked(p_store, p_code, p_version);
begin
    if exists (select from store.store s
               where s.id = p_store and s.tax_class = p_code)
    then
        perform api.fail('SO409', 'This is the class of new products.');
    end if;
    delete from store.tax_class t
    where t.store_id = p_store and t.code = p_code;
    perform ops.record(p_store, p_actor, 'tax_class.remove',
        'tax_class:' || p_code, to_jsonb(old), null, null, p_request);
    return row(204, null, null, null, null, false)::api.answer;
exception when foreign_key_violation then
    perform api.fail('SO409', 'Products, rates or ways to ship are of this'
                     ' class.');
end
$$;

comment on function store.tax_class_remove is
    'DELETE /tax-classes/{code}: of a class that nothing is of';
