create or replace function identity.confirming(account uuid, session uuid)
    returns table (email text, name text, password_hash text, recent text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select a.email, a.name, a.password_hash,
           identity.recent(session)::text
    from identity.account a
    where a.id = account
$$;

comment on function identity.confirming is
    'what a signed-in person is asked to prove again: the password, or without'
    ' one that the sign-in was a moment ago';
