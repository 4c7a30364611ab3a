create or replace function inventory.count_put(store bigint, id bigint,
        actor uuid, document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    c inventory.stock_count := inventory.count_locked(store, id, null);
    lines jsonb := document -> 'lines';
    variant catalog.variant;
begin
    for n in 0 .. jsonb_array_length(lines) - 1 loop
        variant := inventory.find(store, lines -> n, '/lines/' || n);
        insert into inventory.stock_count_line as l (count_id, variant_id,
            expected, counted, counted_by)
        values (c.id, variant.id, coalesce((
                select s.on_hand from inventory.stock s
                where s.variant_id = variant.id
                and s.warehouse_id = c.warehouse_id), 0),
            (lines -> n ->> 'counted')::int, actor)
        on conflict (count_id, variant_id) do update
        set expected = excluded.expected, counted = excluded.counted,
            counted_by = excluded.counted_by, counted_at = now();
    end loop;
    update inventory.stock_count o
        set version = o.version + 1, updated_at = now()
        where o.id = c.id returning o.* into c;
    return inventory.count_answer(c, 200);
end
$$;

comment on function inventory.count_put is
    'POST /counts/{id}/lines: what was counted; a variant that is counted'
    ' again gets the new figure';
