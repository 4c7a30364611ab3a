create or replace function identity.client_refused(store bigint, client text,
        address inet, request text)
    returns identity.issued
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform ops.record(store, null, 'client.refused',
                       'client:' || coalesce(left(client, 100), ''), null,
                       null, address, request);
    return identity.not_issued('invalid_client',
        'no such client, or not its secret');
end
$$;

comment on function identity.client_refused is
    'the audit row and the refusal of a client that could not prove who it is';
