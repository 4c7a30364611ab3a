create or replace function payment.attempt_begin(p_events jsonb)
    returns int
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    made int;
begin
    -- an attempt knows its event: no other inbox is needed
    insert into payment.attempt (payment_id, event_id, kind, refund_id, amount)
    select e.payment_id, e.id, e.kind, e.d ->> 'refund_id',
           (e.d ->> 'amount')::bigint
    from (select (e ->> 'id')::uuid as id, e -> 'data' as d,
                 (e #>> '{data,payment_id}')::uuid as payment_id,
                 case e ->> 'type'
                     when 'payment.requested' then 'create'
                     when 'payment.refund_requested' then 'refund'
                     when 'payment.cancel_requested' then 'cancel'
                 end as kind
          from jsonb_array_elements(p_events) as e) as e
    where e.kind is not null
        -- a payment that moved on meanwhile is not called for
        and (e.kind <> 'create' or not exists (
            select from payment.payment p
            where p.id = e.payment_id
                and p.status in ('success', 'cancelled', 'refunded')))
    on conflict (event_id) do nothing;
    get diagnostics made = row_count;
    return made;
end
$$;

comment on function payment.attempt_begin is
    'makes the attempts that a batch of events asks for, each once';
