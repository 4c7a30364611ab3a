create or replace function notification.clean(batch integer)
    returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    n integer;
begin
    delete from notification.delivery d
    using (select o.id from notification.delivery o
           where o.state in ('sent', 'dead')
               and o.updated_at < now() - interval '90 days'
           order by o.updated_at limit batch
           for update skip locked) as old
    where d.id = old.id;
    get diagnostics n = row_count;
    return n;
end
$$;

comment on function notification.clean is
    'forgets mails that were sent or given up 90 days ago; the worker''s';
