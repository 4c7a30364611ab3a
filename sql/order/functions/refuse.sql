create or replace function "order".refuse(p "order".placing)
    returns api.answer
    language plpgsql stable
as $$
declare
    quote cart.quoted := p.quote;
begin
    if p.refusal = 'price_changed' then
        return "order".refusal('price_changed',
            jsonb_build_object('quote', quote.body::jsonb));
    elsif p.refusal is not null then
        return "order".refusal(p.refusal);
    end if;
    return "order".refusal('insufficient_stock', jsonb_build_object('items', (
        select jsonb_agg(jsonb_build_object('item_id', l.variant_id::text,
                   'available', k.available) order by l.variant_id)
        from unnest(quote.lines) as l
        cross join lateral (
            select coalesce(sum(k.on_hand - k.reserved
                + greatest(k.backorder_limit - k.backordered, 0)), 0)
                as available
            from inventory.stock k
            where k.variant_id = l.variant_id and k.for_sale) as k
        where k.available < l.quantity)));
end
$$;

comment on function "order".refuse is 'the answer of an order that is refused';
