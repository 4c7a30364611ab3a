create or replace function identity.end_own_session(account uuid,
        session uuid, address inet, request text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
    perform from identity.session s
    where s.id = session and s.user_id = account and s.ended_at is null
    for no key update;
    if not found then
        perform api.fail('ID404', 'There is no such session.');
    end if;

    perform identity.logout(account, session, false, address, request);

    return row(204, null, null, null, null, null)::api.answer;
end
$$;

comment on function identity.end_own_session is
    'DELETE /users/me/sessions/{id}: its tokens count no more within a second';
