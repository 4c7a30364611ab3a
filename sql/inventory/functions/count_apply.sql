create or replace function inventory.count_apply(store bigint, id bigint,
        actor uuid, if_version bigint)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    c inventory.stock_count := inventory.count_locked(store, id, if_version);
    house text;
    shown inventory.shown[];
    short jsonb;
begin
    select w.code into house from inventory.warehouse w
        where w.id = c.warehouse_id;
    perform inventory.lock(array(
        select l.variant_id from inventory.stock_count_line l
        where l.count_id = c.id and l.counted <> l.expected));
    select jsonb_agg(jsonb_build_object('variant_id', l.variant_id::text,
               'sku', v.sku, 'on_hand', s.on_hand, 'reserved', s.reserved,
               'difference', l.counted - l.expected) order by l.variant_id)
        into short
        from inventory.stock_count_line l
        join catalog.variant v on v.id = l.variant_id
        join inventory.stock s on s.variant_id = l.variant_id
            and s.warehouse_id = c.warehouse_id
        where l.count_id = c.id
        and s.on_hand + l.counted - l.expected < s.reserved
        and l.counted <> l.expected;
    if short is not null then
        return row(409, jsonb_build_object('code', 'insufficient_stock',
            'detail', 'Less was counted than is promised to orders.', 'items',
            short)::text, null, null, null, false)::api.answer;
    end if;

    shown := inventory.shown_of(array(
        select distinct v.product_id from inventory.stock_count_line l
        join catalog.variant v on v.id = l.variant_id
        where l.count_id = c.id and l.counted <> l.expected));
    perform inventory.change(inventory.stock_at(v, house, null),
            l.counted - l.expected, 'count', actor, 'count:' || c.id)
        from inventory.stock_count_line l
        join catalog.variant v on v.id = l.variant_id
        where l.count_id = c.id and l.counted <> l.expected;
    c.status := 'applied';
    return inventory.count_answer(
        inventory.count_moved(c, actor, 'count.apply'), 200,
        inventory.tell(shown));
end
$$;

comment on function inventory.count_apply is
    'POST /counts/{id}/apply: the differences go into the stock; what was sold'
    ' after it was counted stays sold';
