create or replace function identity.must_be_recent(account uuid, session uuid)
    returns void
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if identity.recent(session) and exists (
        select from identity.session s
        where s.id = session and s.user_id = account
        and (s.strong or not identity.has_totp(account)))
    then
        return;
    end if;

    perform api.fail('IN403',
        'This asks for a recent sign-in: sign in again first.');
end
$$;

comment on function identity.must_be_recent is
    'refuses (IN403) unless the session was opened just now, with a second'
    ' factor where the account has one: who found an open browser must not'
    ' change how the account signs in';
