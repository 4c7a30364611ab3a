create or replace function identity.put_invitation(store bigint, actor uuid,
        email text, name text, roles text[])
    returns identity.invitation
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    made identity.invitation;
begin
    -- the newest counts; those who are invited twice at once wait here
    perform pg_advisory_xact_lock(hashtextextended(
        'invitation ' || coalesce(lower(email), ''), 0));

    with old as (
        update identity.invitation i
        set revoked_at = now()
        where i.email is not distinct from lower(email)
        and i.accepted_at is null and i.revoked_at is null
        returning i.id
    )
    delete from identity.mail_token t
    using old
    where t.subject = old.id and t.purpose = 'invitation';

    insert into identity.invitation
        (store_id, email, name, roles, invited_by, expires_at)
    values (store, lower(email), name,
            array(select distinct r from unnest(roles) as r order by r),
            actor, now() + interval '7 days')
    returning * into made;
    return made;
end
$$;

comment on function identity.put_invitation is
    'an invitation, in place of an earlier one of the same address';
