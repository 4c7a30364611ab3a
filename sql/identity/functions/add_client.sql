create or replace function identity.add_client(store bigint, account uuid,
        document jsonb, secret_hash bytea, address inet, request text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    client identity.client;
begin
    client.public := document ->> 'type' = 'public';
    client.name := document ->> 'name';
    client.store_id := case when (document ->> 'this_store')::boolean
                            then store end;
    client.redirect_uris := array(
        select jsonb_array_elements_text(document -> 'redirect_uris'));
    client.grant_types := array(
        select distinct jsonb_array_elements_text(document -> 'grant_types'));
    client.scopes := array(
        select jsonb_array_elements_text(document -> 'scopes'));
    client := identity.client_checked(account, client, client.scopes);

    insert into identity.client as c (store_id, name, public, secret_hash,
        redirect_uris, grant_types, scopes, created_by)
    values (client.store_id, client.name, client.public,
        case when not client.public then secret_hash end,
        client.redirect_uris, client.grant_types, client.scopes, account)
    returning c.* into client;

    perform ops.record(store, account, 'client.added', 'client:' || client.id,
        null, identity.client_body(client), address, request);

    return row(201, identity.client_body(client)::text, client.version::text,
               '/oauth-clients/' || client.id, null, null)::api.answer;
end
$$;

comment on function identity.add_client is
    'POST /oauth-clients; the gateway adds the secret to the answer, once';
