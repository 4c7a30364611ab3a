create or replace function identity.identities(account uuid)
    returns table (body text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'items', coalesce(jsonb_agg(identity.linked_body(l)
                                    order by l.created_at, l.id), '[]'),
        'next_cursor', null)::text
    from identity.linked l
    where l.user_id = account
$$;

comment on function identity.identities is
    'GET /users/me/identities: all of them, at most 20';
