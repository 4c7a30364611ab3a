create or replace function inventory.update_many(store bigint, actor uuid,
        manager boolean, document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    items jsonb := document -> 'items';
    variants bigint[] := inventory.named(store, items);
    shown inventory.shown[] := inventory.shown_of(array(
        select distinct v.product_id from catalog.variant v
        where v.id = any (variants)));
    results jsonb[] := '{}';
    refused int := 0;
    result jsonb;
begin
    -- all of them first, in order: two of these never wait for each other
    perform inventory.lock(variants);
    begin
        for n in 0 .. jsonb_array_length(items) - 1 loop
            result := inventory.update_row(store, actor, manager, items -> n,
                                           n);
            refused := refused + (result ? 'code')::int;
            results := results || result;
        end loop;
        if refused > 0 and (document ->> 'atomic')::boolean then
            raise exception using errcode = 'SA409';
        end if;
    exception when sqlstate 'SA409' then
        return row(409, jsonb_build_object('code', 'not_applied', 'detail',
            format('%s of %s changes are refused: none was made.', refused,
                   cardinality(results)), 'items', results)::text,
            null, null, null, false)::api.answer;
    end;
    return row(200, jsonb_build_object('items', results,
            'applied', cardinality(results) - refused,
            'refused', refused)::text,
        null, null, inventory.tell(shown), false)::api.answer;
end
$$;

comment on function inventory.update_many is
    'POST /inventory/bulk: many changes, each by itself or all together';
