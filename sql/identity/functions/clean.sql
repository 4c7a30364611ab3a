create or replace function identity.clean(batch integer default 10000)
    returns bigint
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    n bigint;
    total bigint := 0;
begin
    delete from identity.revocation r
    using (select v.kind, v.id from identity.revocation v
           where v.created_at < now() - interval '25 hours'
           and v.epoch < extract(epoch from now())
           limit batch) as old
    where r.kind = old.kind and r.id = old.id;
    get diagnostics n = row_count;
    total := total + n;

    delete from identity.refresh r
    using (select f.hash from identity.refresh f
           where f.expires_at < now() limit batch) as old
    where r.hash = old.hash;
    get diagnostics n = row_count;
    total := total + n;

    delete from identity.session s
    using (select e.id from identity.session e
           where e.expires_at < now() - interval '30 days'
           limit batch) as old
    where s.id = old.id;
    get diagnostics n = row_count;
    total := total + n;

    delete from identity.mail_token t
    using (select m.hash from identity.mail_token m
           where m.expires_at < now() limit batch) as old
    where t.hash = old.hash;
    get diagnostics n = row_count;
    total := total + n;

    delete from identity.mail_request r
    using (select m.id from identity.mail_request m
           where m.at < now() - interval '2 hours' limit batch) as old
    where r.id = old.id;
    get diagnostics n = row_count;
    return total + n + identity.clean_mfa(batch)
        + identity.clean_oauth(batch) + identity.clean_invitations(batch)
        + identity.clean_outside(batch);
end
$$;

comment on function identity.clean is
    'forgets revocations, refresh tokens and mail tokens that have run out, and'
    ' sessions a month later, a batch a call; the worker''s';
