create or replace function pricing.gift_hash(p_code text)
    returns bytea
    language sql immutable strict
as $$
    select sha256(convert_to(translate(upper(p_code), ' -', ''), 'UTF8'))
$$;

comment on function pricing.gift_hash is
    'what is stored of the code of a gift card, however it is written: the'
    ' gateway computes the same for POST /cart/gift-cards';
