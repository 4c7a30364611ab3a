create or replace function notification.discounts(quote jsonb, language text)
    returns jsonb
    language plpgsql stable
as $$
#variable_conflict use_column
begin
    return (
        select jsonb_agg(jsonb_build_object(
            'name', d.discount ->> 'name',
            'amount', notification.price(d.discount -> 'amount', language))
            order by d.place)
        from jsonb_array_elements(quote -> 'discounts') with ordinality
            as d (discount, place)
    );
end
$$;

comment on function notification.discounts is
    'what promotions took off an order, for a mail';
