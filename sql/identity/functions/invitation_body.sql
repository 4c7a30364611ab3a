create or replace function identity.invitation_body(
        invitation identity.invitation)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'id', invitation.id,
        'email', invitation.email,
        'name', invitation.name,
        'roles', to_jsonb(invitation.roles),
        'invited_by', invitation.invited_by,
        'created_at', api.time(invitation.created_at),
        'expires_at', api.time(invitation.expires_at))
$$;

comment on function identity.invitation_body is
    'an invitation as the API shows it';
