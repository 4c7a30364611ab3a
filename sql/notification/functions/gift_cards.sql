create or replace function notification.gift_cards(quote jsonb, language text)
    returns jsonb
    language plpgsql stable
as $$
#variable_conflict use_column
begin
    return (
        select jsonb_agg(jsonb_build_object(
            'hint', g.card ->> 'hint',
            'amount', notification.price(g.card -> 'amount', language))
            order by g.place)
        from jsonb_array_elements(quote -> 'gift_cards') with ordinality
            as g (card, place)
        where (g.card #>> '{amount,amount}')::bigint > 0
    );
end
$$;

comment on function notification.gift_cards is
    'what gift cards paid of an order, for a mail';
