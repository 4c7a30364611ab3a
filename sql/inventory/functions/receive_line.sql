create or replace function inventory.receive_line(t inventory.transfer,
        actor uuid, line jsonb, field text)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    variant catalog.variant;
    pieces int := coalesce((line ->> 'quantity')::int, 0);
    gone int := coalesce((line ->> 'missing')::int, 0);
    house text;
    rest int;
begin
    if line ? 'line' then
        select v.* into strict variant from catalog.variant v
            where v.id = (line ->> 'line')::bigint;
    else
        variant := inventory.find(t.store_id, line, field);
    end if;
    select l.quantity - l.received - l.missing into rest
        from inventory.transfer_line l
        where l.transfer_id = t.id and l.variant_id = variant.id;
    if not found then
        perform api.fail('ST422', format('%s is not in this transfer.',
                                         variant.sku), field);
    end if;
    if pieces + gone > rest then
        perform api.fail('ST422', format('Only %s of %s are on their way.',
            rest, variant.sku), field || '/quantity');
    end if;
    update inventory.transfer_line l
        set received = l.received + pieces, missing = l.missing + gone
        where l.transfer_id = t.id and l.variant_id = variant.id;
    select w.code into house from inventory.warehouse w where w.id = t.to_id;
    perform inventory.change(
        inventory.stock_at(variant, house, field), pieces, 'transfer', actor,
        'transfer:' || t.id);
end
$$;

comment on function inventory.receive_line is
    'pieces of a transfer come into the stock where it goes to';
