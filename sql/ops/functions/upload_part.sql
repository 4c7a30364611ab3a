create or replace function ops.upload_part(upload uuid, store bigint,
        actor uuid, start bigint, data text)
    returns table (next bigint)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
    insert into ops.upload as u (id, store_id, actor)
        values (upload, store, actor)
        on conflict do nothing;
    insert into ops.upload_part (upload_id, start, data)
        values (upload, start, data);
    return query select start + octet_length(data);
end
$$;

comment on function ops.upload_part is
    'keeps a part of what is being sent; where the next one begins';
