create or replace function shipping.method_locked(p_store bigint,
        p_id bigint, p_version bigint)
    returns shipping.method
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    m shipping.method;
begin
    select t.* into m from shipping.method t
    where t.store_id = p_store and t.id = p_id for no key update;
    if not found then
        perform api.fail('SH404', 'There is no such way to ship.');
    elsif m.version <> p_version then
        perform api.fail('AP412', 'The way to ship has changed meanwhile.');
    end if;
    return m;
end
$$;

comment on function shipping.method_locked is
    'a way to ship for its change, of the version that the actor has seen';
