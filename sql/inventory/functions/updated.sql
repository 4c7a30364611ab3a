create or replace function inventory.updated(sku text, before inventory.stock)
    returns api.answer
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    after inventory.stock;
    tags text := 'product:' || before.product_id;
begin
    select s.* into after from inventory.stock s
        where s.variant_id = before.variant_id
        and s.warehouse_id = before.warehouse_id;
    if (after.shown > 0) <> (before.shown > 0) then
        tags := tags || ' catalog:' || before.store_id;
    end if;
    perform ops.notify_drop(tags) where after.shown <> before.shown;
    select s.on_hand, s.reserved into after.on_hand, after.reserved
        from (select sum(k.on_hand) as on_hand, sum(k.reserved) as reserved
              from inventory.stock k
              where k.variant_id = before.variant_id) as s;
    return row(200, (inventory.exact(before.product_id) || jsonb_build_object(
            'variant_id', before.variant_id::text,
            'sku', sku,
            'on_hand', after.on_hand,
            'reserved', after.reserved,
            'available', after.on_hand - after.reserved))::text,
        null::text, null::text, tags, false)::api.answer;
end
$$;

comment on function inventory.updated is
    'answer of a change of stock, after every node was told: the figures of'
    ' the variant, and those of all of them';
