create or replace function media.claim(p_spool text, p_lease interval)
    returns table (key text, type text, width integer, height integer,
                   tries integer)
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
    update media.file f
    set state = 'working', tries = f.tries + 1, next_at = now() + p_lease,
        updated_at = now()
    where f.key = (
        select d.key from media.file d
        where d.state in ('new', 'working') and d.next_at <= now()
        and d.spool = p_spool
        order by d.next_at limit 1
        for update skip locked)
    returning f.key, f.type, f.width, f.height, f.tries
$$;

comment on function media.claim is
    'takes an upload for as long as the lease';
