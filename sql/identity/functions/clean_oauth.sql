create or replace function identity.clean_oauth(batch integer)
    returns bigint
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    n bigint;
    total bigint := 0;
begin
    delete from identity.client_request q
    using (select r.id from identity.client_request r
           where r.expires_at < now() limit batch) as old
    where q.id = old.id;
    get diagnostics n = row_count;
    total := total + n;

    -- a day longer than it counts, so that a second use is noticed
    delete from identity.client_code k
    using (select c.hash from identity.client_code c
           where c.expires_at < now() - interval '1 day' limit batch) as old
    where k.hash = old.hash;
    get diagnostics n = row_count;
    total := total + n;

    delete from identity.client_refresh r
    using (select f.hash from identity.client_refresh f
           where f.expires_at < now() limit batch) as old
    where r.hash = old.hash;
    get diagnostics n = row_count;
    total := total + n;

    -- those of programs by themselves are many and tell nothing afterwards
    delete from identity.client_session s
    using (select e.id from identity.client_session e
           where e.expires_at < now() - interval '1 day'
           limit batch) as old
    where s.id = old.id;
    get diagnostics n = row_count;
    return total + n;
end
$$;

comment on function identity.clean_oauth is
    'the part of identity.clean() that is about clients';
