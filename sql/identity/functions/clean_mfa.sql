create or replace function identity.clean_mfa(batch integer)
    returns bigint
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    n bigint;
    total bigint := 0;
begin
    delete from identity.mfa_ticket t
    using (select m.hash from identity.mfa_ticket m
           where m.expires_at < now() limit batch) as old
    where t.hash = old.hash;
    get diagnostics n = row_count;
    total := total + n;

    delete from identity.challenge c
    using (select e.hash from identity.challenge e
           where e.expires_at < now() - interval '1 minute'
           limit batch) as old
    where c.hash = old.hash;
    get diagnostics n = row_count;
    total := total + n;

    -- an authenticator that nobody confirmed
    update identity.totp t set pending = null, pending_at = null
    where t.pending_at < now() - interval '1 day' and t.secret is not null;
    delete from identity.totp t
    where t.pending_at < now() - interval '1 day' and t.secret is null;
    get diagnostics n = row_count;
    return total + n;
end
$$;

comment on function identity.clean_mfa is
    'forgets sign-ins and enrolments that were not completed, and challenges'
    ' that have expired';
