create or replace function wishlist.clean(batch integer)
    returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    n integer;
begin
    delete from wishlist.notice w
    using (select o.id from wishlist.notice o
           where o.created_at < now() - interval '1 year'
           order by o.created_at limit batch
           for update skip locked) as old
    where w.id = old.id;
    get diagnostics n = row_count;
    return n;
end
$$;

comment on function wishlist.clean is
    'forgets who has waited for a year; the worker''s';
