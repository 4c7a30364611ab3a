create or replace function media.waiting(p_keys text[])
    returns table (key text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select f.key from media.file f
    where f.key = any (p_keys) and f.state in ('new', 'working')
$$;

comment on function media.waiting is
    'which of these uploads are still to be worked on';
