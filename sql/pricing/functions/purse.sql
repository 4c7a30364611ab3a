create or replace function pricing.purse(p_cart jsonb, p_currency text,
        p_total bigint)
    returns pricing.purse
    language plpgsql stable
as $$
declare
    p pricing.purse;
    g pricing.gift_card;
    code text;
    piece bigint;
begin
    p.body := '';
    p.amount := 0;
    for code in select * from jsonb_array_elements_text(p_cart -> 'gifts') loop
        select t.* into g from pricing.gift_card t
        where t.store_id = (p_cart ->> 'store')::bigint
            and t.code_hash = decode(code, 'hex');
        p.added := case
            when g.id is null then 'gift_card'
            when not g.active or g.expires_at <= now()
                or g.currency <> p_currency then 'gift_card_not_valid'
            when g.balance = 0 then 'gift_card_used_up' end;
        p.problem := coalesce(p.problem, p.added);
        piece := case when p.added is null
                      then least(g.balance, p_total - p.amount) else 0 end;
        p.amount := p.amount + piece;
        p.body := p.body || format(',{"id":"%s","hint":%s,"balance":%s,'
            '"amount":%s}', code, coalesce(to_json(g.hint), 'null'),
            coalesce(cart.money(g.balance, g.currency), 'null'),
            cart.money(piece, p_currency));
        if piece > 0 then
            p.gifts := p.gifts || row(g.id, piece)::cart.tender;
        end if;
    end loop;
    return p;
end
$$;

comment on function pricing.purse is
    'what the gift cards of a cart pay of its total, the first first';
