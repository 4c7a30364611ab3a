create or replace function identity.invite_first(store bigint, email text)
    returns text
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    secret constant bytea := sha256(uuid_send(gen_random_uuid())
                                    || uuid_send(gen_random_uuid()));
    made constant identity.invitation := identity.put_invitation(store, null,
        email, null, '{admin,customer}');
begin
    perform identity.put_mail_token('invitation', made.id,
        coalesce(email, ''), sha256(secret));
    perform ops.record(store, null, 'invitation.sent',
        'invitation:' || made.id, null,
        jsonb_build_object('roles', made.roles));
    return identity.base64url(secret);
end
$$;

comment on function identity.invite_first is
    'the secret of a link for the first administrator, made by the owner of'
    ' the installation; without an address its reader chooses one';
