create or replace function store.exemption_locked(p_store bigint,
        p_id bigint, p_version bigint)
    returns store.tax_exemption
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    e store.tax_exemption;
begin
    select t.* into e from store.tax_exemption t
    where t.store_id = p_store and t.id = p_id for no key update;
    if not found then
        perform api.fail('SO404', 'There is no such exemption.');
    elsif e.version <> p_version then
        perform api.fail('AP412', 'The exemption has changed meanwhile.');
    end if;
    return e;
end
$$;

comment on function store.exemption_locked is
    'an exemption for its change, of the version that the actor has seen';
