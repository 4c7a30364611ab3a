create or replace function pricing.move_gift(p_card uuid, p_delta bigint,
        p_reason text, p_order uuid, p_actor uuid, p_note text)
    returns bigint
    language plpgsql volatile
as $$
declare
    left_over bigint;
begin
    update pricing.gift_card g
    set balance = g.balance + p_delta, version = g.version + 1,
        updated_at = now()
    where g.id = p_card
    returning g.balance into strict left_over;
    insert into pricing.gift_entry (gift_card_id, delta, balance, reason,
                                    order_id, actor, note)
    values (p_card, p_delta, left_over, p_reason, p_order, p_actor, p_note);
    return left_over;
end
$$;

comment on function pricing.move_gift is
    'changes the balance of a gift card, with a row of its ledger';
