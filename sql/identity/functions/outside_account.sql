create or replace function identity.outside_account(store bigint,
        provider text, issuer text, subject text, email text,
        verified boolean, name text, make boolean, address inet, request text)
    returns table (account uuid, code text, detail text)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    mail constant text := lower(btrim(outside_account.email));
    owner uuid;
    owner_verified boolean;
    added uuid;
begin
    if identity.outside_ended(outside_account.issuer, 'user',
                              outside_account.subject)
    then
        outside_account.code := 'identity_ended';
        outside_account.detail := 'The provider says that this identity is'
            ' banned or deleted.';
        return next;
        return;
    end if;

    -- twice: somebody may be making the account at this moment
    for try in 1 .. 2 loop
        select l.user_id into outside_account.account
        from identity.linked l
        where l.issuer = outside_account.issuer
        and l.subject = outside_account.subject;
        exit when found;

        if not make or mail is null or length(mail) not between 3 and 254 then
            outside_account.code :=
                case when make then 'email_missing' else 'link_required' end;
            outside_account.detail := case when make
                then 'The provider sent no e-mail address.'
                else 'No account here is linked with this identity.' end;
            return next;
            return;
        end if;

        added := identity.outside_add(store, mail, coalesce(verified, false),
            outside_account.name, provider, address, request);

        if added is null then
            select a.id, a.email_verified_at is not null
            into owner, owner_verified
            from identity.account a
            where a.email = mail
            for no key update;

            -- both say whose mailbox it is: it is the same person
            if verified and owner_verified then
                added := owner;
            end if;
        end if;

        if added is not null and identity.link_outside(added, provider,
            outside_account.issuer, outside_account.subject, mail, address,
            request)
        then
            outside_account.account := added;
            exit;
        end if;
    end loop;

    if outside_account.account is null then
        outside_account.code := 'link_required';
        outside_account.detail := 'There is an account with this e-mail'
            ' address: sign in to it, then link the provider on the page of'
            ' your account.';
    end if;

    return next;
end
$$;

comment on function identity.outside_account is
    'the account of somebody whom an outside issuer knows: the linked one, one'
    ' whose address both have verified, or a new one when it may be made';
