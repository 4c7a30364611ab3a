create or replace function pricing.list_amount(p_lists bigint[],
        p_variant bigint, p_currency text, p_quantity bigint)
    returns bigint
    language plpgsql stable
as $$
begin
    return (
        select p.amount from pricing.list_price p
        where p.variant_id = p_variant and p.currency = p_currency
            and p.list_id = any (p_lists) and p.min_quantity <= p_quantity
        order by array_position(p_lists, p.list_id), p.min_quantity desc
        limit 1);
end
$$;

comment on function pricing.list_amount is
    'what a variant costs by the first of the lists that has a price for the'
    ' quantity; null: none has';
