create or replace function identity.add_address(account uuid, document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    most constant integer := 100;
    entry identity.address;
begin
    -- the account's row is the lock of its book
    perform from identity.account a where a.id = account for no key update;

    if (select count(*) from identity.address a where a.user_id = account)
       >= most
    then
        perform api.fail('ZZ409', 'The address book is full.');
    end if;

    entry := jsonb_populate_record(null::identity.address, document);

    if entry.is_default then
        update identity.address a
        set is_default = false
        where a.user_id = account and a.is_default;
    end if;
    if entry.is_default_billing then
        update identity.address a
        set is_default_billing = false
        where a.user_id = account and a.is_default_billing;
    end if;

    insert into identity.address as a (user_id, name, line1, line2, city,
        postal_code, region, country, phone, is_default, is_default_billing)
    values (account, entry.name, entry.line1, entry.line2, entry.city,
        entry.postal_code, entry.region, entry.country, entry.phone,
        coalesce(entry.is_default, false),
        coalesce(entry.is_default_billing, false))
    returning a.* into entry;

    return row(201, identity.address_body(entry)::text, entry.version::text,
               '/users/me/addresses/' || entry.id, null, null)::api.answer;
end
$$;

comment on function identity.add_address is
    'POST /users/me/addresses; at most 100 an account';
