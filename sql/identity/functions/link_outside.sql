create or replace function identity.link_outside(account uuid, provider text,
        issuer text, subject text, email text, address inet, request text)
    returns boolean
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    linked uuid;
begin
    insert into identity.linked as l
        (user_id, issuer, subject, provider, email)
    values (account, issuer, subject, provider, left(email, 254))
    on conflict do nothing
    returning l.id into linked;

    if linked is null then
        return exists (select from identity.linked l
                       where l.issuer = issuer and l.subject = subject
                       and l.user_id = account);
    end if;

    perform identity.mfa_changed(account, 'user.identity_linked',
        'identity:' || linked, jsonb_build_object('provider', provider),
        address, request);

    return true;
end
$$;

comment on function identity.link_outside is
    'from now on the identity signs in to the account; false: it does to'
    ' another one';
