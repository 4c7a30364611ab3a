create or replace function pricing.return_gifts(p_orders uuid[])
    returns void
    language plpgsql volatile
as $$
begin
    perform pricing.move_gift(e.gift_card_id, -e.delta, 'returned',
                              e.order_id, null, '')
    from (select e.gift_card_id, e.order_id, sum(e.delta)::bigint as delta
          from pricing.gift_entry e where e.order_id = any (p_orders)
          group by e.gift_card_id, e.order_id having sum(e.delta) < 0
          order by e.gift_card_id, e.order_id) as e;
end
$$;

comment on function pricing.return_gifts is
    'gives gift cards back what orders had taken from them, once';
