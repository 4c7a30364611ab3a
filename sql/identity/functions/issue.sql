create or replace function identity.issue(asking identity.client,
        session identity.client_session, account uuid, wanted text[])
    returns identity.issued
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    issued identity.issued;
begin
    issued.client_id := asking.id;
    issued.user_id := coalesce(account, asking.id);
    issued.session_id := session.id;
    issued.store_id := session.store_id;
    issued.bound := asking.store_id is not null;
    issued.roles := coalesce(
        array_to_string(identity.roles_of(account), ' '), '');
    issued.scope := array_to_string(wanted, ' ');
    issued.refreshable := false;
    return issued;
end
$$;

comment on function identity.issue is
    'the claims of an access token; account null: the client acts for itself';
