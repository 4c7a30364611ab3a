create or replace function identity.change_me(account uuid, document jsonb,
        version text, address inet, request text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    old identity.account;
    new identity.account;
begin
    select a.* into old from identity.account a
    where a.id = account
    for no key update;
    if not found then
        perform api.fail('ZZ404', 'There is no such account.');
    end if;
    if version is not null and version <> old.version::text then
        perform api.fail('ZZ412', 'The account was changed meanwhile.');
    end if;

    new := jsonb_populate_record(old, document);

    if new.locale is null then
        select s.locales[1] into new.locale
        from store.store s where s.id = old.store_id;
        new.locale := coalesce(new.locale, 'en');
    end if;

    if new is distinct from old then
        update identity.account a
        set name = new.name, phone = new.phone, locale = new.locale,
            version = old.version + 1, updated_at = now()
        where a.id = account
        returning a.version into new.version;

        perform ops.record(old.store_id, account, 'user.changed',
            'user:' || account, null,
            (select jsonb_object_agg(key, true)
             from jsonb_object_keys(document) as key),
            address, request);
        perform ops.emit('shop.users', account::text, new.version,
            'user.changed', old.store_id, identity.user_body(account));
    end if;

    return row(200, identity.user_body(account)::text, new.version::text,
               null, null, null)::api.answer;
end
$$;

comment on function identity.change_me is
    'PATCH /users/me: name, phone, locale; what is not in the document stays;'
    ' no locale: the store''s first';
