create or replace function ops.outbox_done(ids bigint[])
    returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    n integer;
begin
    delete from ops.outbox o where o.id = any (ids);
    get diagnostics n = row_count;
    return n;
end
$$;

comment on function ops.outbox_done is
    'forgets facts that the broker has acknowledged';
