create or replace function identity.unlink_own(account uuid, session uuid,
        linked uuid, address inet, request text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    gone identity.linked;
begin
    perform from identity.account a where a.id = account for no key update;

    select l.* into gone from identity.linked l
    where l.id = linked and l.user_id = account;
    if not found then
        perform api.fail('ID404', 'There is no such identity.');
    end if;

    perform identity.must_be_recent(account, session);

    if identity.ways_in(account) < 2 then
        perform api.fail('IL409', 'This is the last way to sign in; add'
            ' another one first.');
    end if;

    delete from identity.linked l where l.id = linked;

    perform identity.mfa_changed(account, 'user.identity_unlinked',
        'identity:' || gone.id,
        jsonb_build_object('provider', gone.provider), address, request);

    return row(204, null, null, null, null, null)::api.answer;
end
$$;

comment on function identity.unlink_own is
    'DELETE /users/me/identities/{id}, after a recent sign-in; never the last'
    ' way to sign in';
