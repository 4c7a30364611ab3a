create or replace function store.tax_class_locked(p_store bigint,
        p_code text, p_version bigint)
    returns store.tax_class
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    c store.tax_class;
begin
    select t.* into c from store.tax_class t
    where t.store_id = p_store and t.code = p_code for no key update;
    if not found then
        perform api.fail('SO404', 'There is no such tax class.');
    elsif c.version <> p_version then
        perform api.fail('AP412', 'The tax class has changed meanwhile.');
    end if;
    return c;
end
$$;

comment on function store.tax_class_locked is
    'a tax class for its change, of the version that the actor has seen';
