create or replace function identity.passkeys(account uuid)
    returns table (body text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'items', coalesce(jsonb_agg(identity.passkey_body(p)
                                    order by p.created_at, p.id), '[]'),
        'next_cursor', null)::text
    from identity.passkey p
    where p.user_id = account
$$;

comment on function identity.passkeys is
    'GET /users/me/passkeys: all of them, at most 20';
