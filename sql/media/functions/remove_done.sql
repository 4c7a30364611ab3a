create or replace function media.remove_done(p_keys text[])
    returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    n integer;
begin
    delete from media.file f
    where f.key = any (p_keys) and f.state = 'removing';
    get diagnostics n = row_count;
    return n;
end
$$;

comment on function media.remove_done is
    'files that are gone; one that was uploaded again meanwhile stays';
