create or replace function pricing.note_prices(p_products bigint[])
    returns void
    language plpgsql volatile
as $$
begin
    insert into pricing.history (variant_id, currency, amount)
    select distinct on (o.variant_id, o.currency) o.variant_id, o.currency,
           o.price
    from catalog.offer o
    where o.product_id = any (p_products) and o.price is distinct from (
        select h.amount from pricing.history h
        where h.variant_id = o.variant_id and h.currency = o.currency
        order by h.at desc limit 1)
    order by o.variant_id, o.currency, o.store_id
    on conflict (variant_id, currency, at) do update
    set amount = excluded.amount;
end
$$;

comment on function pricing.note_prices is
    'notes prices that have changed; of two changes in a transaction the last';
