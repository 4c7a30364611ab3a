create or replace function identity.change_address(account uuid, id text,
        document jsonb, version text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    old identity.address;
    new identity.address;
begin
    perform from identity.account a where a.id = account for no key update;

    select a.* into old from identity.address a
    where a.user_id = account and a.id::text = id;
    if not found then
        perform api.fail('ZZ404', 'There is no such address.');
    end if;
    if version is not null and version <> old.version::text then
        perform api.fail('ZZ412', 'The address was changed meanwhile.');
    end if;

    new := jsonb_populate_record(old, document);

    if new.is_default then
        update identity.address a
        set is_default = false
        where a.user_id = account and a.is_default and a.id <> old.id;
    end if;
    if new.is_default_billing then
        update identity.address a
        set is_default_billing = false
        where a.user_id = account and a.is_default_billing
        and a.id <> old.id;
    end if;

    update identity.address a
    set name = new.name, line1 = new.line1, line2 = new.line2,
        city = new.city, postal_code = new.postal_code, region = new.region,
        country = new.country, phone = new.phone,
        is_default = new.is_default,
        is_default_billing = new.is_default_billing,
        version = old.version + 1
    where a.id = old.id
    returning a.* into new;

    return row(200, identity.address_body(new)::text, new.version::text,
               null, null, null)::api.answer;
end
$$;

comment on function identity.change_address is
    'PATCH /users/me/addresses/{id}; what is not in the document stays';
