create or replace function ops.inbox_clean(batch integer)
    returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    n integer;
begin
    delete from ops.inbox i
    using (select consumer, event_id from ops.inbox
           where handled_at < now() - interval '14 days'
           order by handled_at
           limit batch
           for update skip locked) as old
    where i.consumer = old.consumer and i.event_id = old.event_id;
    get diagnostics n = row_count;
    return n;
end
$$;

comment on function ops.inbox_clean is
    'forgets handled events that are older than Kafka keeps them';
