create or replace function pricing.return_some(p_order uuid,
        p_amount bigint)
    returns void
    language plpgsql volatile
as $$
declare
    left_over bigint := p_amount;
    piece bigint;
    e record;
begin
    for e in
        select t.gift_card_id, -sum(t.delta)::bigint as held
        from pricing.gift_entry t where t.order_id = p_order
        group by t.gift_card_id having sum(t.delta) < 0
        order by t.gift_card_id
    loop
        exit when left_over = 0;
        piece := least(e.held, left_over);
        left_over := left_over - piece;
        perform pricing.move_gift(e.gift_card_id, piece, 'returned', p_order,
                                  null, '');
    end loop;
end
$$;

comment on function pricing.return_some is
    'gives gift cards back a part of what an order has taken from them';
