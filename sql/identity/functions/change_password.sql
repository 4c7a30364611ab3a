create or replace function identity.change_password(account uuid,
        session uuid, checked_hash text, new_hash text, address inet,
        request text)
    returns table (session_id text, epoch text)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
    perform identity.lock_confirmed(account, checked_hash);

    return query
    select p.session_id, p.epoch
    from identity.put_password(account, new_hash, session, address, request)
        as p;
end
$$;

comment on function identity.change_password is
    'POST /auth/password/change: ends every other session; gives them as'
    ' identity.put_password does';
