create or replace function identity.mfa_refused(ticket identity.mfa_ticket,
        code text, detail text, retry_after integer, address inet,
        request text)
    returns identity.opened
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    most constant integer := 5;
    opened identity.opened;
begin
    if ticket.failures + 1 >= most then
        delete from identity.mfa_ticket t where t.hash = ticket.hash;
    else
        update identity.mfa_ticket t
        set failures = t.failures + 1
        where t.hash = ticket.hash;
    end if;

    perform ops.record(ticket.store_id, null, 'mfa.refused',
        'user:' || ticket.user_id, null, jsonb_build_object('reason', code),
        address, request);

    opened.status := case code when 'rate_limited' then 429 else 401 end;
    opened.code := code;
    opened.detail := detail;
    opened.retry_after := retry_after;
    return opened;
end
$$;

comment on function identity.mfa_refused is
    'a wrong code: after five an mfa_token is worthless';
