create or replace function ops.append_only()
    returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    -- ops.forget() alone, which runs as the owner
    if tg_op = 'UPDATE' and current_setting('shop.forgetting', true) = 'on'
    then
        return null;
    end if;
    raise exception '%.% only grows', tg_table_schema, tg_table_name
        using errcode = 'integrity_constraint_violation';
end
$$;

comment on function ops.append_only is
    'trigger of tables whose rows are never changed nor deleted, but for what'
    ' is forgotten of a person';

create or replace trigger audit_append_only
    before update or delete or truncate on ops.audit
    for each statement execute function ops.append_only();
