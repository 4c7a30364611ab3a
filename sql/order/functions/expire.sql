create or replace function "order".expire(p_max int default 100)
    returns int
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    ids uuid[];
    o "order".orders;
begin
    ids := array(
        select t.id from "order".orders t
        where t.reserved_until <= now()
            and t.status in ('pending_payment', 'payment_failed')
        order by t.reserved_until limit p_max
        for no key update skip locked);
    if cardinality(ids) = 0 then
        return 0;
    end if;
    perform from payment.payment p
    where p.id in (select t.payment_id from "order".orders t
                   where t.id = any (ids))
    order by p.id for no key update;
    perform pricing.give_back(ids);
    perform "order".release(ids, 'expired');
    for o in select t.* from "order".orders t where t.id = any (ids)
        order by t.id
    loop
        perform payment.ask(o, 'payment.cancel_requested', o.due, 'system');
        o.cancel_reason := 'expired';
        perform "order".move(o, 'cancelled', 'order.cancelled', 'system',
                             '{"reason": "expired"}');
    end loop;
    return cardinality(ids);
end
$$;

comment on function "order".expire is
    'cancels orders whose reservation has ended, at most so many; the worker''s';
