create or replace function identity.put_password(account uuid, new_hash text,
        keep uuid, address inet, request text)
    returns table (session_id text, epoch text)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    who identity.account;
    one uuid;
begin
    update identity.account a
    set password_hash = new_hash, version = a.version + 1, updated_at = now()
    where a.id = account
    returning a.* into who;

    delete from identity.mail_token t
    where t.subject = account and t.purpose = 'reset_password';

    perform ops.record(who.store_id, account, 'user.password_changed',
        'user:' || account, null, null, address, request);
    perform ops.emit('shop.users', account::text, who.version,
        'user.password_changed', who.store_id,
        jsonb_build_object('id', account));

    for one in
        select s.id from identity.session s
        where s.user_id = account and s.ended_at is null
        and s.id is distinct from keep
        order by s.id
        for no key update
    loop
        session_id := one::text;
        epoch := identity.end_session(one, 'password')::text;
        return next;
    end loop;
end
$$;

comment on function identity.put_password is
    'a new password; every session but one to keep ends with its refresh'
    ' tokens; gives those that ended and until when their tokens are refused';
