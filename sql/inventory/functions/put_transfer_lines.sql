create or replace function inventory.put_transfer_lines(
        transfer inventory.transfer, lines jsonb)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    variant catalog.variant;
begin
    delete from inventory.transfer_line l where l.transfer_id = transfer.id;
    for n in 0 .. jsonb_array_length(lines) - 1 loop
        variant := inventory.find(transfer.store_id,
            lines -> n, '/lines/' || n);
        insert into inventory.transfer_line (transfer_id, variant_id, quantity)
        values (transfer.id, variant.id, (lines -> n ->> 'quantity')::int)
        on conflict do nothing;
        if not found then
            perform api.fail('ST422', format('%s is there twice.',
                variant.sku), '/lines/' || n);
        end if;
    end loop;
end
$$;

comment on function inventory.put_transfer_lines is
    'what a draft is to bring, in place of what it had';
