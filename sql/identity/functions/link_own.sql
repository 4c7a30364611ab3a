create or replace function identity.link_own(account uuid, session uuid,
        provider text, issuer text, subject text, email text, address inet,
        request text)
    returns text
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    most constant integer := 20;
begin
    -- the account's row is the lock of its links
    perform from identity.account a where a.id = account for no key update;

    if not exists (select from identity.session s
                   where s.id = session and s.user_id = account
                   and s.ended_at is null
                   and s.created_at > now() - interval '15 minutes'
                   and (s.strong or not identity.has_totp(account)))
    then
        return 'recent_sign_in';
    end if;

    if (select count(*) from identity.linked l where l.user_id = account)
       >= most
    then
        return 'too_many';
    end if;

    if not identity.link_outside(account, provider, issuer, subject, email,
                                 address, request)
    then
        return 'linked_elsewhere';
    end if;

    return null;
end
$$;

comment on function identity.link_own is
    'links an identity with the account that is signed in; null, or why not.'
    '  The sign-in must be recent, but leaves time for that at the provider';
