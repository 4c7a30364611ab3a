create or replace function "order".returned(o "order".orders,
        p payment.payment, p_by text)
    returns void
    language plpgsql volatile
as $$
declare
    held constant bigint := pricing.gifts_held(o.id);
    now_is text := case when p.refunded >= p.captured and held = 0
                        then 'refunded' else 'partially_refunded' end;
begin
    perform "order".move(o, case when "order".may_move(o.status, now_is)
                                 then now_is else o.status end,
        'order.' || now_is, p_by, jsonb_build_object('refunded',
            p.refunded + o.total - o.due - held));
end
$$;

comment on function "order".returned is
    'money of a locked order has come back, from its payment (as it is now) or'
    ' to gift cards';
