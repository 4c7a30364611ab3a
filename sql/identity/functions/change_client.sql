create or replace function identity.change_client(store bigint, account uuid,
        id uuid, document jsonb, version text, address inet, request text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    old identity.client;
    new identity.client;
    added text[];
begin
    select c.* into old from identity.client c where c.id = id for update;
    if not found then
        perform api.fail('ID404', 'There is no such client.');
    end if;
    if version is not null and version <> old.version::text then
        perform api.fail('ZZ412', 'The client was changed meanwhile.');
    end if;

    new := jsonb_populate_record(old, document);

    -- who says where codes go, or makes it a client that acts by itself, has
    -- all of its scopes
    added := array(select s from unnest(new.scopes) as s
                   where not s = any (old.scopes)
                   or not new.redirect_uris <@ old.redirect_uris
                   or 'client_credentials' = any (new.grant_types)
                      and not 'client_credentials' = any (old.grant_types));
    new := identity.client_checked(account, new, added);

    update identity.client c
    set name = new.name, redirect_uris = new.redirect_uris,
        grant_types = new.grant_types, scopes = new.scopes,
        disabled = new.disabled, version = old.version + 1,
        updated_at = now()
    where c.id = id
    returning c.* into new;

    if new.disabled and not old.disabled or not old.scopes <@ new.scopes
       or not old.grant_types <@ new.grant_types
    then
        perform identity.end_client(id);
    end if;
    if not old.scopes <@ new.scopes then
        update identity.client_grant g
        set scopes = array(select s from unnest(g.scopes) as s
                           where s = any (new.scopes))
        where g.client_id = id;
    end if;

    perform ops.record(store, account, 'client.changed', 'client:' || id,
        identity.client_body(old), identity.client_body(new), address, request);

    return row(200, identity.client_body(new)::text, new.version::text,
               null, null, null)::api.answer;
end
$$;

comment on function identity.change_client is
    'PATCH /oauth-clients/{id}; what takes something away ends its tokens';
