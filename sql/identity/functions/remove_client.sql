create or replace function identity.remove_client(store bigint, account uuid,
        id uuid, address inet, request text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    old identity.client;
begin
    select c.* into old from identity.client c where c.id = id for update;
    if not found then
        perform api.fail('ID404', 'There is no such client.');
    end if;

    perform identity.end_client(id);
    delete from identity.client c where c.id = id;

    perform ops.record(store, account, 'client.removed', 'client:' || id,
        identity.client_body(old), null, address, request);

    return row(204, null, null, null, null, null)::api.answer;
end
$$;

comment on function identity.remove_client is 'DELETE /oauth-clients/{id}';
