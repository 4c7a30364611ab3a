create or replace function identity.remove_grant(store bigint, account uuid,
        id uuid, address inet, request text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    old identity.client_grant;
begin
    select g.* into old from identity.client_grant g
    where g.id = id and g.user_id = account
    for update;
    if not found then
        perform api.fail('ID404', 'There is no such app.');
    end if;

    perform identity.end_grant(id, 'removed');
    delete from identity.client_grant g where g.id = id;

    perform ops.record(store, account, 'grant.ended', 'grant:' || id,
        jsonb_build_object('client', old.client_id, 'scopes', old.scopes),
        null, address, request);

    return row(204, null, null, null, null, null)::api.answer;
end
$$;

comment on function identity.remove_grant is
    'DELETE /users/me/grants/{id}: the app''s tokens count no more, and it has'
    ' to ask again';
