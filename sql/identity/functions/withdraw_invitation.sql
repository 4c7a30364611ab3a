create or replace function identity.withdraw_invitation(store bigint,
        actor uuid, invitation uuid, address inet, request text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
    update identity.invitation i
    set revoked_at = now()
    where i.id = invitation and i.accepted_at is null
    and i.revoked_at is null;
    if not found then
        perform api.fail('ID404', 'There is no such invitation.');
    end if;

    delete from identity.mail_token t
    where t.subject = invitation and t.purpose = 'invitation';

    perform ops.record(store, actor, 'invitation.withdrawn',
        'invitation:' || invitation, null, null, address, request);

    return row(204, null, null, null, null, null)::api.answer;
end
$$;

comment on function identity.withdraw_invitation is
    'DELETE /users/invitations/{id}: its link counts no more';
