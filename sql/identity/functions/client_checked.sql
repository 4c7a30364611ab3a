create or replace function identity.client_checked(account uuid,
        client identity.client, added text[])
    returns identity.client
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    wrong text;
begin
    client.redirect_uris := coalesce(client.redirect_uris, '{}');
    client.scopes := identity.scopes_of(array_to_string(client.scopes, ' '));

    select identity.redirect_wrong(uri, client.public) into wrong
    from unnest(client.redirect_uris) as uri
    where identity.redirect_wrong(uri, client.public) is not null;
    if wrong is not null then
        perform api.fail('ID422', wrong, '/redirect_uris');
    end if;
    if ('authorization_code' = any (client.grant_types))
       <> (client.redirect_uris <> '{}')
    then
        perform api.fail('ID422', 'go with authorization_code, and it with'
                         ' them', '/redirect_uris');
    end if;
    if client.public and 'client_credentials' = any (client.grant_types) then
        perform api.fail('ID422', 'a public client has no credentials',
                         '/grant_types');
    end if;

    select s into wrong from unnest(client.scopes) as s
    where not exists (select from identity.scope k where k.name = s)
    limit 1;
    if wrong is not null then
        perform api.fail('ID422', format('%s is no scope', wrong), '/scopes');
    end if;

    -- nobody gives away more than he has; what customers may grant for
    -- themselves is theirs, unless the client could have it for itself
    select s.name into wrong from identity.scope s
    where s.name = any (added)
    and (not s.customer
         or s.permission and 'client_credentials' = any (client.grant_types))
    and not identity.may_give(account, s.name,
        'client_credentials' = any (client.grant_types))
    limit 1;
    if wrong is not null then
        perform api.fail('ID403',
            format('You can''t give away %s, which you don''t hold.', wrong));
    end if;

    return client;
end
$$;

comment on function identity.client_checked is
    'a client as it may be stored, or a refusal; added: scopes that it gets'
    ' from the account now';
