create or replace function payment.record(o "order".orders,
        p payment.payment, p_event text, p_kind text, p_amount bigint,
        p_data jsonb, p_by text)
    returns boolean
    language plpgsql volatile
as $$
declare
    was payment.payment := p;
    moved boolean;
begin
    insert into payment.fact (provider, event_id, payment_id, kind, amount,
                              data)
    values (p.provider, p_event, p.id, p_kind,
            coalesce(p_amount, case when p_kind = 'refunded' then p.captured
                               else p.amount end), coalesce(p_data, '{}'))
    on conflict (provider, event_id) do nothing;
    if not found then
        return false;
    end if;
    p := payment.state_of(p);
    moved := (p.status, p.refunded) <> (was.status, was.refunded);
    update payment.payment t
    set status = p.status, captured = p.captured, refunded = p.refunded,
        refunding = greatest(t.refunding
            - greatest(p.refunded - was.refunded, 0), 0),
        reference = p.reference, action = p.action, version = t.version + 1,
        seq = t.seq + moved::int, updated_at = now()
    where t.id = p.id
    returning t.* into p;
    if not moved then
        return true;
    end if;
    insert into ops.outbox (topic, key, seq, type, store_id, data)
    values ('shop.payments', p.id, p.seq, 'payment.' || p.status, p.store_id,
            payment.fact_of(p));
    perform payment.move_order(o, p, p_by);
    return true;
end
$$;

comment on function payment.record is
    'stores a fact about the payment of a locked order and what follows';
