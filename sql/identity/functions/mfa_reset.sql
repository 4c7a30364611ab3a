create or replace function identity.mfa_reset(actor uuid, scope text,
        account uuid, address inet, request text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    who identity.account;
begin
    select a.* into who from identity.account a
    where a.id = account
    for no key update;
    if not found or not identity.has_totp(account) then
        perform api.fail('ID404', 'There is no such authenticator.');
    end if;

    if actor = account then
        perform api.fail('ID403', 'Nobody resets what is his own.');
    end if;

    -- nobody helps whom he could not have made
    perform identity.check_held(actor, scope,
                                identity.permissions_of(account, null));

    delete from identity.totp t where t.user_id = account;
    delete from identity.mfa_ticket t where t.user_id = account;

    update identity.account a
    set version = a.version + 1, updated_at = now()
    where a.id = account
    returning a.* into who;

    perform ops.record(who.store_id, actor, 'user.mfa_reset',
                       'user:' || account, null, null, address, request);
    perform ops.emit('shop.users', account::text, who.version,
        'user.mfa_disabled', who.store_id,
        jsonb_build_object('id', account));

    return row(204, null, null, null, null, null)::api.answer;
end
$$;

comment on function identity.mfa_reset is
    'DELETE /users/{id}/mfa: takes the authenticator that somebody lost';
