create or replace function identity.erase(account uuid, checked_hash text,
        request text)
    returns table (session_id text, epoch text)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    who identity.account;
    emails text[];
    one uuid;
begin
    who := identity.lock_confirmed(account, checked_hash);

    perform identity.end_grants(account, 'erased');

    for one in
        select s.id from identity.session s
        where s.user_id = account and s.ended_at is null
        order by s.id
        for no key update
    loop
        session_id := one::text;
        epoch := identity.end_session(one, 'logout')::text;
        return next;
    end loop;

    emails := "order".forget(account) || who.email
              || coalesce(who.new_email, who.email);
    perform review.forget(account);
    perform pricing.forget(account, emails);
    perform wishlist.forget(emails);
    perform store.forget(account);
    perform media.forget(account);
    perform notification.forget(emails);
    perform ops.forget(account, emails);

    perform ops.record(who.store_id, account, 'user.erased',
                       'user:' || account, null, null, null, request);
    perform ops.emit('shop.users', account::text, who.version + 1,
        'user.erased', who.store_id, jsonb_build_object('id', account));

    delete from identity.mail_token t where t.subject = account;
    delete from identity.mail_request r where r.subject = account;
    delete from identity.invitation i where i.email = any (emails);
    delete from identity.account a where a.id = account;
    perform identity.notify_keys();
end
$$;

comment on function identity.erase is
    'DELETE /users/me: the account with all that hangs on it; orders and'
    ' reviews stay as nobody''s; gives the sessions that ended.  The last'
    ' administrator stays (identity.keep_admin)';
