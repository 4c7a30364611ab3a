create or replace function identity.recovery_renew(account uuid,
        checked bytea, step bigint, hashes bytea[], address inet,
        request text)
    returns table (status integer, body text, retry_after integer)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    outcome record;
begin
    if not identity.has_totp(account) then
        perform api.fail('ID404', 'No authenticator is set up.');
    end if;

    select * into outcome
    from identity.spend_code(account, checked, step, null, null);

    if outcome.code is not null then
        return query select * from identity.code_refused(outcome.code,
            outcome.detail, outcome.retry_after);
        return;
    end if;

    perform identity.put_recovery_codes(account, hashes);
    perform ops.record(a.store_id, account, 'user.recovery_codes_renewed',
        'user:' || account, null, null, address, request)
    from identity.account a
    where a.id = account;

    status := 200;
    return next;
end
$$;

comment on function identity.recovery_renew is
    'POST /users/me/mfa/recovery-codes: new ones for a code of the'
    ' authenticator';
