create or replace function inventory.warehouse_add(store bigint, actor uuid,
        document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    made inventory.warehouse;
begin
    if document ->> 'code' !~ '^[a-z0-9][a-z0-9-]{0,62}$'
        or document ->> 'code' !~ '[a-z]'
    then
        perform api.fail('ST422', 'A code has small letters, digits and'
            ' hyphens, and a letter among them.', '/code');
    end if;
    insert into inventory.warehouse (store_id, code, name, country, address,
                                     position, active)
    values (store, document ->> 'code', document ->> 'name',
            document ->> 'country', coalesce(document -> 'address', '{}'),
            coalesce((document ->> 'position')::int, (
                select max(w.position) + 1 from inventory.warehouse w
                where w.store_id = store), 1),
            coalesce((document ->> 'active')::boolean, true))
    returning * into made;
    perform ops.record(store, actor, 'warehouse.add', 'warehouse:' || made.id,
                       null, to_jsonb(made));
    return row(201, inventory.warehouse_json(made)::text, made.version::text,
               '/api/v1/warehouses/' || made.id, null, false)::api.answer;
exception when unique_violation then
    perform api.fail('SU409', 'Another warehouse has this code.');
end
$$;

comment on function inventory.warehouse_add is 'POST /warehouses';
