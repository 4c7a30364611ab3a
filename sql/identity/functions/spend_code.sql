create or replace function identity.spend_code(account uuid, checked bytea,
        step bigint, recovery_hash bytea, resealed bytea,
        out code text, out detail text, out retry_after integer)
    returns record
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    held identity.totp;
begin
    select t.* into held from identity.totp t
    where t.user_id = account
    for no key update;

    if held.locked_until > clock_timestamp() then
        code := 'rate_limited';
        detail := 'Too many wrong codes; wait before the next.';
        retry_after := ceil(extract(epoch from
            held.locked_until - clock_timestamp()))::integer;
        return;
    end if;

    -- checked: the secret was not replaced since the gateway read it
    if held.secret = checked and step > held.last_step then
        update identity.totp t
        set last_step = step, failures = 0,
            secret = coalesce(resealed, t.secret)
        where t.user_id = account;
        return;
    end if;

    update identity.recovery_code r
    set used_at = now()
    where r.user_id = account and r.hash = recovery_hash
    and r.used_at is null;

    if found then
        update identity.totp t set failures = 0 where t.user_id = account;
        return;
    end if;

    perform identity.count_wrong_code(account);
    code := 'invalid_code';
    detail := 'This code is wrong, was used before, or has run out.';
end
$$;

comment on function identity.spend_code is
    'the one use of a code: the time step that the gateway found it to be of'
    ' (or null), or a recovery code.  A null code is success; refusals are'
    ' data, since wrong codes must be counted';
