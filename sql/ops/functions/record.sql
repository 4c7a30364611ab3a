create or replace function ops.record(store_id bigint, actor uuid,
        action text, subject text, before jsonb, after jsonb,
        address inet default null, request_id text default null)
    returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    insert into ops.audit (store_id, actor, action, subject, before, after,
                           address, request_id)
    values (store_id, actor, action, subject, before, after, address,
            request_id);
end
$$;

comment on function ops.record is 'a row of the audit';
