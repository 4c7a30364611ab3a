create or replace function identity.sign_in_failed(store bigint, email text,
        address inet, request text)
    returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    account uuid;
begin
    select a.id into account
    from identity.account a
    where a.email = lower(email);

    -- an address that nobody has is not written down as it is
    perform ops.record(store, null, 'session.refused',
        coalesce('user:' || account, identity.email_subject(email)),
        null, null, address, request);
end
$$;

comment on function identity.sign_in_failed is
    'the audit row of a wrong password or e-mail address';
