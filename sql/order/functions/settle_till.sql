create or replace function "order".settle_till(p "order".placing,
        p_answer api.answer)
    returns api.answer
    language plpgsql volatile
as $$
declare
    till jsonb := p.j -> 'pos';
    o "order".orders;
    pay payment.payment;
begin
    update "order".orders t
    set channel = 'till', cashier = (till ->> 'cashier')::uuid
    where t.id = (p.j ->> 'id')::uuid
    returning t.* into strict o;
    select t.* into strict pay from payment.payment t
    where t.id = o.payment_id for no key update;
    if o.status = 'pending_payment' then
        perform payment.record(o, pay, 'till:' || pay.id, 'success', null,
            jsonb_strip_nulls(jsonb_build_object(
                'tendered', till -> 'tendered',
                'change', (till ->> 'tendered')::bigint - pay.amount,
                'slip', till -> 'reference')), 'staff');
        select t.* into strict o from "order".orders t where t.id = o.id;
    end if;
    p_answer.body := "order".show(o);
    p_answer.etag := o.version::text;
    return p_answer;
end
$$;

comment on function "order".settle_till is
    'an order of a till is paid when it is placed: the money is in the drawer';
