create or replace function identity.add_api_key(store bigint, actor uuid,
        scope text, document jsonb, address inet, request text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    public constant boolean := document ->> 'kind' = 'publishable';
    whole constant boolean := coalesce(document ->> 'reach', 'store')
                              = 'installation';
    secret constant text := case when public then 'npk_' else 'nsk_' end
                            || identity.random_text();
    key identity.api_key;
begin
    key := jsonb_populate_record(null::identity.api_key,
                                 document - 'reach');
    if public and whole then
        perform api.fail('ID422', 'a publishable key is that of one store',
                         '/reach');
    elsif public and key.permissions <> '{}' then
        perform api.fail('ID422', 'a publishable key has none',
                         '/permissions');
    elsif not public and coalesce(key.permissions, '{}') = '{}' then
        perform api.fail('ID422', 'a secret key has at least one',
                         '/permissions');
    elsif key.expires_at <= now() then
        perform api.fail('ID422', 'must be in the future', '/expires_at');
    end if;

    insert into identity.api_key (store_id, kind, name, hash, hint, shown,
        permissions, created_by, expires_at)
    values (case when not whole then store end, key.kind, key.name,
            identity.hash_of(secret), left(secret, 8),
            case when public then secret end,
            identity.check_key_permissions(actor, scope,
                coalesce(key.permissions, '{}'), whole),
            actor, key.expires_at)
    returning * into key;

    perform ops.record(store, actor, 'key.added', 'key:' || key.id, null,
        identity.api_key_body(key) - 'key', address, request);

    return row(201,
        (identity.api_key_body(key) || jsonb_build_object('key', secret))::text,
        null, '/api-keys/' || key.id, null, null)::api.answer;
end
$$;

comment on function identity.add_api_key is
    'POST /api-keys: the only answer with the key of a secret one';
