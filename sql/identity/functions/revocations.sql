create or replace function identity.revocations()
    returns table (kind text, id text, epoch bigint)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select r.kind, r.id::text, r.epoch
    from identity.revocation r
    where (r.kind = 's' and r.epoch > extract(epoch from now()))
    or (r.kind = 'u' and r.created_at > now() - interval '25 hours')
$$;

comment on function identity.revocations is
    'what a node mirrors: s, session, until (epoch); u, user, tokens issued'
    ' before (epoch)';
