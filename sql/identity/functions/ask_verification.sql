create or replace function identity.ask_verification(account uuid,
        address inet, request text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    who identity.account;
begin
    select a.* into who from identity.account a
    where a.id = account
    for no key update;

    if who.email_verified_at is null
       and identity.may_mail(account, 'verify_email')
    then
        perform ops.record(who.store_id, account,
            'user.verification_requested', 'user:' || account, null, null,
            address, request);
        perform ops.emit('shop.users', account::text, who.version,
            'user.verification_requested', who.store_id,
            jsonb_build_object('id', account));
    end if;

    return row(202, null, null, null, null, null)::api.answer;
end
$$;

comment on function identity.ask_verification is
    'POST /auth/verify-email/send: the mail once more; none for an address'
    ' that is verified, nor too often';
