create or replace function identity.personal(account uuid)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'user', identity.user_body(account) || (
            select jsonb_build_object('new_email', a.new_email,
                'email_verified_at', api.time(a.email_verified_at),
                'has_password', a.password_hash is not null,
                'updated_at', api.time(a.updated_at))
            from identity.account a where a.id = account),
        'addresses', coalesce((
            select jsonb_agg(identity.address_body(a) order by a.id)
            from identity.address a where a.user_id = account), '[]'),
        'consents', coalesce((
            select jsonb_agg(jsonb_build_object('purpose', c.purpose,
                'granted', c.granted, 'at', api.time(c.at),
                'address', host(c.address)) order by c.id)
            from identity.consent c where c.user_id = account), '[]'),
        'sessions', coalesce((
            select jsonb_agg(jsonb_build_object('id', s.id, 'agent', s.agent,
                'address', host(s.address),
                'created_at', api.time(s.created_at),
                'renewed_at', api.time(s.renewed_at),
                'ended_at', api.time(s.ended_at)) order by s.created_at, s.id)
            from identity.session s where s.user_id = account), '[]'),
        'totp', identity.has_totp(account),
        'passkeys', coalesce((
            select jsonb_agg(identity.passkey_body(p)
                             order by p.created_at, p.id)
            from identity.passkey p where p.user_id = account), '[]'),
        'grants', (select g.body::jsonb -> 'items'
                   from identity.account a
                   cross join identity.grants(account, a.store_id,
                                              a.locale) as g
                   where a.id = account),
        'api_keys', coalesce((
            select jsonb_agg(identity.api_key_body(k)
                             order by k.created_at, k.id)
            from identity.api_key k where k.created_by = account), '[]'),
        'identities', coalesce((
            select jsonb_agg(identity.linked_body(l)
                             order by l.created_at, l.id)
            from identity.linked l where l.user_id = account), '[]'))
$$;

comment on function identity.personal is
    'what the accounts know of a person; nothing that signs in';
