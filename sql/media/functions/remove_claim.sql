create or replace function media.remove_claim(p_idle interval,
        p_lease interval)
    returns table (key text)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    idle text[];
begin
    idle := array(
        select f.key from media.file f
        where f.state in ('ready', 'failed')
        and f.updated_at < now() - p_idle
        and not exists (select from media.asset a where a.key = f.key)
        and not exists (select from catalog.image i where i.key = f.key)
        order by f.updated_at limit 10
        for update skip locked);
    idle := idle || array(
        select f.key from media.file f
        where f.state = 'removing' and f.next_at <= now()
        order by f.next_at limit 10
        for update skip locked);

    -- they are locked: nobody refers to them any more but who has done so
    return query
    update media.file f
    set state = 'removing', reason = null, next_at = now() + p_lease,
        updated_at = now()
    where f.key = any (idle)
    and not exists (select from media.asset a where a.key = f.key)
    and not exists (select from catalog.image i where i.key = f.key)
    returning f.key;
end
$$;

comment on function media.remove_claim is
    'files that nobody has shown for a while, to be removed';
