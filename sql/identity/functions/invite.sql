create or replace function identity.invite(store bigint, actor uuid,
        scope text, document jsonb, address inet, request text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    roles constant text[] :=
        array(select jsonb_array_elements_text(document -> 'roles'));
    unknown text;
    made identity.invitation;
begin
    select min(w) into unknown from unnest(roles) as w
    where not exists (select from identity.role r where r.name = w);
    if unknown is not null then
        perform api.fail('ID422', format('%s is not a role.', unknown),
                         '/roles');
    end if;
    perform identity.check_held(actor, scope, array(
        select unnest(r.permissions) from identity.role r
        where r.name = any (roles)));

    if exists (select from identity.account a
               where a.email = lower(document ->> 'email'))
    then
        perform api.fail('IE409', 'There is an account with this e-mail'
            ' address; give it the roles.');
    end if;

    made := identity.put_invitation(store, actor, document ->> 'email',
                                    document ->> 'name', roles);

    perform ops.record(store, actor, 'invitation.sent',
        'invitation:' || made.id, null,
        jsonb_build_object('roles', made.roles), address, request);
    perform ops.emit('shop.users', made.id::text, 1, 'user.invited', store,
        jsonb_build_object('invitation_id', made.id, 'roles', made.roles));

    return row(201, identity.invitation_body(made)::text, null, null, null,
               null)::api.answer;
end
$$;

comment on function identity.invite is
    'POST /users/invitations: to roles whose permissions one holds; the mail'
    ' carries the only copy of its secret';
