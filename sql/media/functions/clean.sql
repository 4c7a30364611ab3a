create or replace function media.clean(batch integer)
    returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    n integer;
begin
    delete from media.asset a
    using (select o.id from media.asset o
           where o.purpose = 'review' and o.subject is null
           and o.created_at < now() - interval '1 day'
           order by o.created_at limit batch
           for update skip locked) as old
    where a.id = old.id;
    get diagnostics n = row_count;
    return n;
end
$$;

comment on function media.clean is
    'forgets pictures that no review came to; the worker''s';
