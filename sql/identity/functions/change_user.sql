create or replace function identity.change_user(store bigint, actor uuid,
        scope text, account uuid, may_grant boolean, document jsonb,
        version text, address inet, request text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    old identity.account;
    new identity.account;
    changed boolean := false;
    body text;
    etag text;
begin
    select a.* into old from identity.account a
    where a.id = account
    for no key update;
    if not found then
        perform api.fail('ID404', 'There is no such account.');
    end if;
    if version is not null and version <> old.version::text then
        perform api.fail('ZZ412', 'The account was changed meanwhile.');
    end if;

    -- nobody changes whom he could not have made
    perform identity.check_held(actor, scope,
                                identity.permissions_of(account, null));

    if document ? 'roles' then
        if not may_grant then
            perform api.fail('ID403', 'Giving roles needs roles:write.');
        end if;
        changed := identity.set_roles(store, actor, scope, account,
            array(select jsonb_array_elements_text(document -> 'roles')),
            address, request);
    end if;
    if document ? 'blocked' then
        changed := identity.set_blocked(store, actor, account,
            (document ->> 'blocked')::boolean, address, request) or changed;
    end if;

    new := jsonb_populate_record(old,
        document - '{roles,blocked}'::text[]);

    if new is distinct from old then
        changed := true;
        perform ops.record(store, actor, 'user.changed', 'user:' || account,
            null, (select jsonb_object_agg(key, true)
                   from jsonb_object_keys(document) as key), address, request);
    end if;
    if changed then
        update identity.account a
        set name = new.name, phone = new.phone,
            version = old.version + 1, updated_at = now()
        where a.id = account
        returning a.version into new.version;
    end if;

    select b.body, b.etag into body, etag
    from identity.user_show(account) as b;
    return row(200, body, etag, null, null, null)::api.answer;
end
$$;

comment on function identity.change_user is
    'PATCH /users/{id}: roles, blocked, name, phone; what is not in the'
    ' document stays';
