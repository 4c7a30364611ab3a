create or replace function identity.api_key_used(key uuid, store bigint,
        address inet, request text)
    returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    maker uuid;
begin
    update identity.api_key k
    set last_used_at = now(), last_address = address
    where k.id = key
    and (k.last_used_at is null
         or k.last_used_at < now() - interval '1 minute');

    if not exists (select from ops.audit a
                   where a.subject = 'key:' || key and a.action = 'key.used'
                   and a.address is not distinct from address)
    then
        select k.created_by into maker
        from identity.api_key k where k.id = key and k.kind = 'secret';
        perform ops.record(store, maker, 'key.used', 'key:' || key, null, null,
                           address, request);
    end if;
end
$$;

comment on function identity.api_key_used is
    'notes that a key was used: at most once a minute, and in the audit for'
    ' each address that it comes from the first time; without an address, as'
    ' for publishable keys, once'
    ' (docs/decisions/0110-api-keys.md)';
