create or replace function identity.ask_email(account uuid,
        checked_hash text, email text, address inet, request text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    wanted constant text := lower(email);
    who identity.account;
begin
    who := identity.lock_confirmed(account, checked_hash);

    if wanted = who.email then
        perform api.fail('ID422', 'is the address of the account', '/email');
    end if;

    -- a taken address gets the same answer, and no mail
    if identity.may_mail(account, 'change_email')
       and not exists (select from identity.account a
                       where a.email = wanted)
    then
        update identity.account a
        set new_email = wanted, version = a.version + 1, updated_at = now()
        where a.id = account
        returning a.* into who;

        perform ops.emit('shop.users', account::text, who.version,
            'user.email_change_requested', who.store_id,
            jsonb_build_object('id', account));
    end if;

    perform ops.record(who.store_id, account, 'user.email_change_requested',
        'user:' || account, null, null, address, request);

    return row(202, null, null, null, null, null)::api.answer;
end
$$;

comment on function identity.ask_email is
    'POST /users/me/email: mails a link to the new address, a notice to the'
    ' old one';
