create or replace function identity.reset_password(token_hash bytea,
        new_hash text, address inet, request text)
    returns table (session_id text, epoch text)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    token identity.mail_token;
begin
    select t.* into token
    from identity.use_mail_token(token_hash, '{reset_password}') as t;

    -- whoever read the mail has the address
    update identity.account a
    set email_verified_at = coalesce(a.email_verified_at, now())
    where a.id = token.subject and a.email = token.email;
    if not found then
        perform api.fail('ID422', 'is of another address', '/token');
    end if;

    return query
    select p.session_id, p.epoch
    from identity.put_password(token.subject, new_hash, null, address,
                               request) as p;
end
$$;

comment on function identity.reset_password is
    'POST /auth/password/reset: ends every session; gives them as'
    ' identity.put_password does';
