create or replace function payment.state_of(p payment.payment)
    returns payment.payment
    language plpgsql stable
as $$
declare
    succeeded boolean;
    cancelled boolean;
    failed boolean;
    returned boolean;
    action jsonb;
begin
    select coalesce(max(f.amount) filter (where f.kind = 'success'), 0),
           coalesce(bool_or(f.kind = 'success'), false),
           coalesce(bool_or(f.kind = 'cancelled'), false),
           coalesce(bool_or(f.kind = 'failed'), false),
           coalesce(bool_or(f.kind = 'refunded'), false),
           max(f.data ->> 'reference') filter (where f.kind <> 'refunded'),
           (array_agg(f.data -> 'action' order by f.at desc)
               filter (where f.kind = 'requires_action'))[1]
    into p.captured, succeeded, cancelled, failed, returned, p.reference, action
    from payment.fact f where f.payment_id = p.id;
    p.refunded := 0;
    if returned then
        -- a refund may be told twice: by the answer and by the webhook
        select coalesce(sum(r.amount), 0) into p.refunded
        from (select max(f.amount) as amount from payment.fact f
              where f.payment_id = p.id and f.kind = 'refunded'
              group by coalesce(f.data ->> 'refund_id', f.event_id)) as r;
    end if;

    p.status := case
        when p.captured > 0 and p.refunded >= p.captured then 'refunded'
        when p.captured > 0 and p.refunded > 0 then 'partially_refunded'
        when succeeded then 'success'
        when cancelled then 'cancelled'
        when failed then 'failed'
        when action is not null then 'requires_action'
        else 'created'
    end;
    p.action := case when p.status in ('requires_action', 'failed')
                     then action end;
    return p;
end
$$;

comment on function payment.state_of is
    'a payment as its facts say, whatever order they came in';
