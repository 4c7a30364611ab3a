create or replace function identity.accept_invitation(store bigint,
        token_hash bytea, email text, name text, password_hash text,
        refresh_hash bytea, access_ttl integer, refresh_ttl integer,
        agent text, address inet, request text)
    returns setof identity.opened
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    token identity.mail_token;
    invitation identity.invitation;
    account uuid;
begin
    select t.* into token
    from identity.use_mail_token(token_hash, '{invitation}') as t;

    update identity.invitation i
    set accepted_at = now()
    where i.id = token.subject and i.accepted_at is null
    and i.revoked_at is null and i.expires_at > now()
    returning i.* into invitation;
    if not found then
        perform api.fail('ID422', 'is of an invitation that was withdrawn',
                         '/token');
    end if;

    email := lower(coalesce(invitation.email, email));
    name := coalesce(name, invitation.name);
    if email is null then
        perform api.fail('ID422', 'is required', '/email');
    elsif name is null then
        perform api.fail('ID422', 'is required', '/name');
    end if;

    insert into identity.account as a
        (store_id, email, name, password_hash, locale, email_verified_at)
    select invitation.store_id, email, name, password_hash,
           coalesce((select s.locales[1] from store.store s
                     where s.id = invitation.store_id), 'en'),
           case when invitation.email is not null then now() end
    on conflict do nothing
    returning a.id into account;
    if account is null then
        perform api.fail('IE409',
            'There is an account with this e-mail address.');
    end if;

    insert into identity.account_role (user_id, role)
    select account, r.name from identity.role r
    where r.name = any (invitation.roles);

    perform ops.record(invitation.store_id, account, 'invitation.accepted',
        'user:' || account, null,
        jsonb_build_object('roles', invitation.roles,
                           'invitation', invitation.id), address, request);
    perform ops.emit('shop.users', account::text, 1, 'user.registered',
                     invitation.store_id, identity.user_body(account));

    return next identity.open_session(store, account, refresh_hash,
        access_ttl, refresh_ttl, agent, address);
end
$$;

comment on function identity.accept_invitation is
    'POST /auth/accept-invitation: an account with the roles of the'
    ' invitation, and its first session';
