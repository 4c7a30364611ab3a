create or replace function "order".hold(p_items jsonb[])
    returns void
    language plpgsql volatile
as $$
begin
    perform from inventory.stock k
    where k.variant_id in (
        select (l.line ->> 0)::bigint
        from unnest(p_items) as i (j)
        cross join jsonb_array_elements(i.j -> 'lines') as l (line)
        union
        select p.gift_variant_id from pricing.promotion p
        where p.kind = 'gift' and p.active and p.store_id in (
            select (i.j ->> 'store')::bigint from unnest(p_items) as i (j)))
    order by k.variant_id, k.warehouse_id for no key update;
end
$$;

comment on function "order".hold is
    'locks all stock that a batch may ask for, gifts too: its rounds lock no'
    ' more';
