drop function if exists cart.item(catalog.offer, bigint, bigint, int);

create or replace function cart.item(p_item text, p_price bigint,
        p_currency text, p_quantity bigint, p_available bigint, p_limit int)
    returns text
    language sql stable parallel safe
as $$
    select format('%s%s,"unit_price":{"amount":%s,"currency":"%s"},'
               '"line_total":{"amount":%s,"currency":"%s"}%s}',
               p_item, p_quantity, p_price, p_currency, p_price * p_quantity,
               p_currency, case when p_available is not null then
                   ',"available":' || least(p_available,
                       greatest(p_limit, p_quantity)) end)
$$;

comment on function cart.item is
    'a line as people read it; what is available is told up to the store''s'
    ' display limit, or as far as the quantity asks';
