create or replace function payment.attempt_settle(p_result jsonb)
    returns boolean
    language plpgsql volatile
as $$
declare
    a payment.attempt;
    p payment.payment;
    outcome text := p_result ->> 'outcome';
    kind text;
begin
    select t.* into a from payment.attempt t
    where t.id = (p_result ->> 'attempt')::uuid and t.state = 'running'
    for update;
    if not found then
        return false;
    end if;
    select t.* into strict p from payment.payment t where t.id = a.payment_id;

    kind := case when outcome = 'accepted' then 'requires_action'
        when outcome = 'succeeded' then case a.kind when 'create'
            then 'success' when 'refund' then 'refunded' else 'cancelled' end
        when outcome = 'declined' and a.kind = 'create' then 'failed' end;
    if kind is not null then
        perform payment.apply_fact(p.provider, 'attempt:' || a.id, p.id, kind,
            a.amount, jsonb_strip_nulls(jsonb_build_object(
                'reference', p_result -> 'reference',
                'action', p_result -> 'action',
                'reason', p_result -> 'error',
                'refund_id', a.refund_id)));
    elsif outcome = 'retry' and a.tries >= 12 or outcome <> 'retry' then
        outcome := 'dead';
        if a.kind = 'refund' then
            update payment.payment t
            set refunding = greatest(t.refunding - a.amount, 0)
            where t.id = p.id;
        end if;
        perform ops.dead_letter('payment.attempt', p.id::text,
            coalesce(p_result ->> 'error', 'given up'), a.id::text);
    end if;

    update payment.attempt t
    set state = case outcome when 'retry' then 'due' when 'dead' then 'dead'
                             else 'done' end,
        next_at = now() + make_interval(secs => coalesce(
            (p_result ->> 'after')::double precision,
            least(600, 2 ^ a.tries))),
        error = left(p_result ->> 'error', 500), updated_at = now()
    where t.id = a.id;
    return true;
end
$$;

comment on function payment.attempt_settle is
    'settles one attempt: a fact, another try, or the end';
