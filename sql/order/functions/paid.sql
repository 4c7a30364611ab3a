create or replace function "order".paid(o "order".orders, p_by text)
    returns boolean
    language plpgsql volatile
as $$
begin
    if o.status in ('pending_payment', 'payment_failed') then
        perform "order".sell(o.id);
    elsif o.status = 'cancelled' and o.cancel_reason = 'expired' then
        if not pricing.take_again(o.id) then
            return false;
        elsif not "order".sell_late(o) then
            perform pricing.give_back(array[o.id]);
            return false;
        end if;
        o.cancel_reason := null;
    else
        return o.status <> 'cancelled';
    end if;

    -- the counter is the last lock: numbers have no gap
    insert into "order".counter as c (store_id, series, prefix, value)
    values (o.store_id, 'invoice', 'INV-', 1001)
    on conflict (store_id, series) do update set value = c.value + 1
    returning c.prefix || c.value into o.invoice_number;

    perform "order".move(o, 'paid', 'order.paid', p_by,
        jsonb_build_object('invoice_number', o.invoice_number));
    return true;
end
$$;

comment on function "order".paid is
    'the payment of a locked order has come: stock leaves, the invoice gets'
    ' its number; false: there is nothing to sell any more, it goes back';
