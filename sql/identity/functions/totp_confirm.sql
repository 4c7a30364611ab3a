create or replace function identity.totp_confirm(account uuid, session uuid,
        checked bytea, step bigint, hashes bytea[], address inet,
        request text)
    returns table (status integer, body text, retry_after integer)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    held identity.totp;
begin
    perform from identity.account a where a.id = account for no key update;

    select t.* into held from identity.totp t
    where t.user_id = account
    for no key update;

    if held.pending_at > now() - interval '1 hour' is not true then
        perform api.fail('ZZ409', 'No authenticator waits for its first code.');
    end if;

    if held.locked_until > clock_timestamp() then
        return query select * from identity.code_refused('rate_limited',
            'Too many wrong codes; wait before the next.',
            ceil(extract(epoch from
                held.locked_until - clock_timestamp()))::integer);
        return;
    end if;

    if step is null or held.pending <> checked then
        perform identity.count_wrong_code(account);
        return query select * from identity.code_refused('invalid_code',
            'This code is wrong or has run out.', null);
        return;
    end if;

    update identity.totp t
    set secret = t.pending, pending = null, pending_at = null,
        confirmed_at = now(), last_step = step, failures = 0
    where t.user_id = account;

    perform identity.put_recovery_codes(account, hashes);

    update identity.session s set strong = true
    where s.id = session and s.user_id = account;

    delete from identity.mfa_ticket t where t.user_id = account;

    perform identity.mfa_changed(account, 'user.mfa_enabled',
        'user:' || account, null, address, request);
    status := 200;
    return next;
end
$$;

comment on function identity.totp_confirm is
    'POST /users/me/mfa/totp/confirm: the first code of an authenticator; the'
    ' session is as good from here on as if it had been opened with a code';
