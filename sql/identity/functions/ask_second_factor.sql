create or replace function identity.ask_second_factor(store bigint,
        account uuid, ticket_hash bytea)
    returns identity.opened
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    opened identity.opened;
begin
    delete from identity.mfa_ticket t
    where t.user_id = account and t.expires_at <= now();

    insert into identity.mfa_ticket (hash, user_id, store_id, password,
        expires_at)
    values (ticket_hash, account, store, identity.password_print(account),
            now() + interval '5 minutes');

    opened.status := 401;
    opened.code := 'mfa_required';
    opened.detail := 'This account asks for a code of its authenticator.';
    return opened;
end
$$;

comment on function identity.ask_second_factor is
    'in place of a session: the gateway gives the token of this hash to the'
    ' client as mfa_token, which lives for five minutes';
