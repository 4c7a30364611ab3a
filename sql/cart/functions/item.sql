drop function if exists cart.item(text, bigint, text, bigint, bigint, int);

create or replace function cart.item(p_item text, p_price bigint,
        p_currency text, p_quantity bigint, p_available bigint, p_limit int,
        p_here numeric)
    returns text
    language sql stable parallel safe
as $$
    select format('%s%s,"unit_price":{"amount":%s,"currency":"%s"},'
               '"line_total":{"amount":%s,"currency":"%s"}%s%s}',
               p_item, p_quantity, p_price, p_currency, p_price * p_quantity,
               p_currency, case when p_available is not null then
                   ',"available":' || least(p_available,
                       greatest(p_limit, p_quantity)) end,
               case when least(p_quantity, p_available) > p_here then
                   ',"backordered":' || least(p_quantity, p_available)
                       - p_here end)
$$;

comment on function cart.item is
    'a line as people read it; what is available is told up to the store''s'
    ' display limit, or as far as the quantity asks; backordered: how many of'
    ' them are still to come (p_here: how many are there)';
