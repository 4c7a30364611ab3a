create or replace function identity.put_client_secret(store bigint,
        account uuid, id uuid, secret_hash bytea, address inet, request text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    client identity.client;
begin
    select c.* into client from identity.client c where c.id = id for update;
    if not found then
        perform api.fail('ID404', 'There is no such client.');
    end if;
    if client.public then
        perform api.fail('ZZ409', 'A public client has no secret.');
    end if;

    -- its owner would have all that it may do
    perform identity.client_checked(account, client, client.scopes);

    update identity.client c
    set secret_hash = secret_hash, version = c.version + 1, updated_at = now()
    where c.id = id
    returning c.* into client;

    perform ops.record(store, account, 'client.secret', 'client:' || id, null,
                       null, address, request);

    return row(200, identity.client_body(client)::text, client.version::text,
               null, null, null)::api.answer;
end
$$;

comment on function identity.put_client_secret is
    'POST /oauth-clients/{id}/secret: the old one counts no more';
