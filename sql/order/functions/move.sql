create or replace function "order".move(o "order".orders, p_status text,
        p_type text, p_by text, p_data jsonb default '{}')
    returns "order".orders
    language plpgsql volatile
as $$
begin
    if p_status <> o.status and not "order".may_move(o.status, p_status) then
        perform api.fail('OT409', format('An order that is %s can''t be %s.',
            replace(o.status, '_', ' '), replace(p_status, '_', ' ')));
    end if;
    update "order".orders as t
    set status = p_status, seq = t.seq + 1, version = t.version + 1,
        updated_at = now(), cancel_reason = o.cancel_reason,
        invoice_number = o.invoice_number, reserved_until =
            case when p_status in ('pending_payment', 'payment_failed')
                 then t.reserved_until end
    where t.id = o.id
    returning t.* into strict o;
    insert into "order".event (order_id, seq, type, by, data)
    values (o.id, o.seq, p_type, p_by,
            p_data || jsonb_build_object('status', o.status));
    insert into ops.outbox (topic, key, seq, type, store_id, data, live)
    values ('shop.orders', o.id, o.seq, p_type, o.store_id,
            "order".fact(o) || p_data, 'live:order:' || o.id);
    return o;
end
$$;

comment on function "order".move is
    'moves a locked order: status, timeline, outbox; another move than the'
    ' state machine has is OT409';
