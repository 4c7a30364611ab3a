create or replace function identity.mfa_changed(account uuid, type text,
        subject text, data jsonb, address inet, request text)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    who identity.account;
begin
    update identity.account a
    set version = a.version + 1, updated_at = now()
    where a.id = account
    returning a.* into who;

    perform ops.record(who.store_id, account, type, subject, null, data,
                       address, request);
    perform ops.emit('shop.users', account::text, who.version, type,
        who.store_id,
        jsonb_build_object('id', account) || coalesce(data, '{}'));
end
$$;

comment on function identity.mfa_changed is
    'the audit row and the fact that the account signs in otherwise now';
