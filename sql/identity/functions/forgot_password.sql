create or replace function identity.forgot_password(store bigint, email text,
        address inet, request text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    mail constant text := lower(email);
    who identity.account;
begin
    select a.* into who from identity.account a
    where a.email = mail and a.blocked_at is null
    for no key update;

    -- a row is written in any case: neither answer nor time tells
    perform ops.record(store, null, 'user.password_reset_requested',
        coalesce('user:' || who.id, identity.email_subject(mail)), null, null,
        address, request);

    if who.id is not null
       and identity.may_mail(who.id, 'reset_password')
    then
        perform ops.emit('shop.users', who.id::text, who.version,
            'user.password_reset_requested', who.store_id,
            jsonb_build_object('id', who.id));
    end if;

    return row(202, null, null, null, null, null)::api.answer;
end
$$;

comment on function identity.forgot_password is
    'POST /auth/password/forgot: a mail with a link, if there is such an'
    ' account; the answer is always the same';
