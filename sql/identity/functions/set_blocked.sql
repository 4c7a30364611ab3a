create or replace function identity.set_blocked(store bigint, actor uuid,
        account uuid, blocked boolean, address inet, request text)
    returns boolean
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
    update identity.account a
    set blocked_at = case when blocked then now() end
    where a.id = account and (a.blocked_at is not null) <> blocked;
    if not found then
        return false;
    end if;

    if blocked then
        perform identity.end_session(s.id, 'blocked')
        from identity.session s
        where s.user_id = account and s.ended_at is null;

        -- tokens of outside issuers have no session
        perform identity.revoke_user(account);
    end if;

    perform ops.record(store, actor,
        case when blocked then 'user.blocked' else 'user.unblocked' end,
        'user:' || account, null, null, address, request);
    return true;
end
$$;

comment on function identity.set_blocked is
    'blocks an account, which ends its sessions and stops its keys, or lets it'
    ' in again; false: it is so already';
