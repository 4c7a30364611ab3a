create or replace function identity.remove_api_key(store bigint, actor uuid,
        manages boolean, key uuid, address inet, request text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
    update identity.api_key k
    set revoked_at = now()
    where k.id = key and k.revoked_at is null
    and (manages or k.created_by = actor);
    if not found then
        perform api.fail('ID404', 'There is no such key.');
    end if;

    perform identity.notify_keys();
    perform ops.record(store, actor, 'key.revoked', 'key:' || key, null, null,
                       address, request);

    return row(204, null, null, null, null, null)::api.answer;
end
$$;

comment on function identity.remove_api_key is
    'DELETE /api-keys/{id}: it counts no more, on any node';
