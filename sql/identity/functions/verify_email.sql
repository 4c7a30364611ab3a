create or replace function identity.verify_email(token_hash bytea,
        address inet, request text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    token identity.mail_token;
    old identity.account;
    fact text;
begin
    select t.* into token
    from identity.use_mail_token(token_hash,
        '{verify_email,change_email}') as t;

    select a.* into old from identity.account a
    where a.id = token.subject
    for no key update;

    if token.email is distinct from (
        case token.purpose when 'verify_email' then old.email
                           else old.new_email end)
    then
        perform api.fail('ID422', 'is of another address', '/token');
    end if;

    begin
        update identity.account a
        set email = token.email, email_verified_at = now(),
            new_email = case token.purpose when 'change_email' then null
                                           else a.new_email end,
            version = a.version + 1, updated_at = now()
        where a.id = old.id;
    exception when unique_violation then
        perform api.fail('IE409',
            'There is an account with this e-mail address.');
    end;

    fact := case token.purpose when 'verify_email' then 'user.email_verified'
                               else 'user.email_changed' end;

    -- what went to the old mailbox counts no more
    if token.purpose = 'change_email' then
        delete from identity.mail_token t where t.subject = old.id;
    end if;

    perform ops.record(old.store_id, old.id, fact, 'user:' || old.id, null,
                       null, address, request);
    perform ops.emit('shop.users', old.id::text, old.version + 1, fact,
                     old.store_id, identity.user_body(old.id));

    return row(204, null, null, null, null, null)::api.answer;
end
$$;

comment on function identity.verify_email is
    'POST /auth/verify-email: the reader of a mail has its address, or the new'
    ' one that was asked for';
