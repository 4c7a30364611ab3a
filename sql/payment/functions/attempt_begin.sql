create or replace function payment.attempt_begin(p_events jsonb)
    returns int
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    made int;
begin
    with event as (
        select (e ->> 'id')::uuid as id, e ->> 'type' as type, e -> 'data' as d
        from jsonb_array_elements(p_events) as e
        where e ->> 'type' in ('payment.requested',
            'payment.refund_requested', 'payment.cancel_requested')
    ), taken as (
        select t.id from ops.inbox_take('payment',
            array(select event.id from event)) as t (id)
    )
    insert into payment.attempt (payment_id, event_id, kind, refund_id, amount)
    select (e.d ->> 'payment_id')::uuid, e.id,
           case e.type when 'payment.requested' then 'create'
                       when 'payment.refund_requested' then 'refund'
                       when 'payment.cancel_requested' then 'cancel' end,
           e.d ->> 'refund_id', (e.d ->> 'amount')::bigint
    from event e join taken t on t.id = e.id
    on conflict (event_id) do nothing;
    get diagnostics made = row_count;
    return made;
end
$$;

comment on function payment.attempt_begin is
    'makes the attempts that a batch of events asks for, each once';
