create or replace function identity.invitation_of(token_hash bytea)
    returns table (email text, name text, body text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select i.email, i.name, jsonb_build_object(
        'email', i.email,
        'name', i.name,
        'roles', to_jsonb(i.roles),
        'expires_at', api.time(i.expires_at))::text
    from identity.mail_token t
    join identity.invitation i on i.id = t.subject
    where t.hash = token_hash and t.purpose = 'invitation'
    and t.expires_at > now() and i.accepted_at is null
    and i.revoked_at is null and i.expires_at > now()
$$;

comment on function identity.invitation_of is
    'POST /auth/invitation: that of a link, without using it up; no row: none';
