create or replace function identity.logout(account uuid, session uuid,
        every boolean, address inet, request text)
    returns table (session_id text, epoch text)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    one record;
    last bigint;
begin
    for one in
        select s.id, s.store_id from identity.session s
        where s.user_id = account and s.ended_at is null
        and (s.id = session or every)
        order by s.id
        for no key update
    loop
        last := identity.end_session(one.id, 'logout');
        perform ops.record(one.store_id, account, 'session.ended',
                           'session:' || one.id, null, null, address, request);
        session_id := one.id::text;
        epoch := last::text;
        return next;
    end loop;
end
$$;

comment on function identity.logout is
    'ends a session, or every session of the account; gives those that ended'
    ' and until when their tokens must be refused';
