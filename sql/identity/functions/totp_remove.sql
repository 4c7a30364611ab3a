create or replace function identity.totp_remove(account uuid, session uuid,
        given boolean, checked bytea, step bigint, recovery_hash bytea,
        address inet, request text)
    returns table (status integer, body text, retry_after integer)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    outcome record;
begin
    perform from identity.account a where a.id = account for no key update;

    if not identity.has_totp(account) then
        perform api.fail('ID404', 'No authenticator is set up.');
    end if;

    if given then
        select * into outcome
        from identity.spend_code(account, checked, step, recovery_hash, null);

        if outcome.code is not null then
            return query select * from identity.code_refused(outcome.code,
                outcome.detail, outcome.retry_after);
            return;
        end if;
    else
        perform identity.must_be_recent(account, session);
    end if;

    if identity.wants_mfa(account)
       and not exists (select from identity.passkey p
                       where p.user_id = account)
    then
        perform api.fail('IM409', 'Your role asks for a second factor: set up'
            ' another authenticator in its place, or add a passkey first.');
    end if;

    delete from identity.totp t where t.user_id = account;
    delete from identity.mfa_ticket t where t.user_id = account;

    perform identity.mfa_changed(account, 'user.mfa_disabled',
        'user:' || account, null, address, request);
    status := 204;
    return next;
end
$$;

comment on function identity.totp_remove is
    'DELETE /users/me/mfa/totp, with a code (given) or a recent sign-in; its'
    ' recovery codes go too';
