create or replace function identity.api_key_of(hash bytea, address inet,
        request text)
    returns table (id text, kind text, store_id text, user_id text,
        roles text, permissions text, expires text)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    key identity.api_key;
    blocked timestamptz;
begin
    select k.* into key from identity.api_key k where k.hash = hash;
    if not found then
        return;
    end if;
    select a.blocked_at into blocked
    from identity.account a where a.id = key.created_by;

    if key.revoked_at is not null or key.expires_at <= now()
       or blocked is not null
    then
        if not exists (select from ops.audit a
                       where a.subject = 'key:' || key.id
                       and a.action = 'key.refused'
                       and a.address is not distinct from address
                       and a.at > now() - interval '1 minute')
        then
            perform ops.record(key.store_id, null, 'key.refused',
                               'key:' || key.id, null, null, address, request);
        end if;
        return;
    end if;

    return query select key.id::text, key.kind, key.store_id::text,
        key.created_by::text,
        array_to_string(identity.roles_of(key.created_by), ' '),
        array_to_string(key.permissions, ' '),
        floor(extract(epoch from key.expires_at))::bigint::text;
end
$$;

comment on function identity.api_key_of is
    'a key that stands, by its hash, as a worker remembers it; no row: there'
    ' is none.  One that stands no more is written down, once a minute and'
    ' address';
