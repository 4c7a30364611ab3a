create or replace function "order".refusal(p_code text,
        p_more jsonb default '{}')
    returns api.answer
    language plpgsql stable
as $$
declare
    r record;
begin
    select v.* into r from (values
        ('idempotency_mismatch', 422, 'idempotency_mismatch', null,
         'This Idempotency-Key was used with another request.'),
        ('empty', 409, 'cart_empty', null, 'The cart is empty.'),
        ('insufficient_stock', 409, 'insufficient_stock', null,
         'There is not enough stock for all lines.'),
        ('unavailable', 409, 'item_unavailable', null,
         'Something in the cart is not for sale any more.'),
        ('price_changed', 409, 'price_changed', null,
         'The total has changed. Please check the new one.'),
        ('currency', 422, 'invalid_input', null,
         'The shop doesn''t sell in the cart''s currency.'),
        ('country', 422, 'invalid_input', '/shipping_address/country',
         'is not served'),
        ('unserved', 422, 'invalid_input', '/shipping_address/country',
         'is not served'),
        ('address', 422, 'invalid_input', '/shipping_address', 'is required'),
        ('shipping_method', 422, 'invalid_input', '/shipping_method',
         'is not offered for this cart and address'),
        ('provider', 422, 'invalid_input', '/payment/provider',
         'is not offered'),
        ('pickup_point', 422, 'invalid_input', '/pickup_point',
         'is not a point of the shipping method'),
        ('quantity', 409, 'quantity_not_allowed', null,
         'A quantity in the cart can''t be ordered.'),
        ('tender', 422, 'invalid_input', '/payment/tendered',
         'is less than the total, or in another currency'),
        ('coupon', 422, 'coupon_unknown', null, 'There is no such coupon.'),
        ('coupon_early', 409, 'coupon_not_valid', null,
         'A coupon of the cart is not valid yet.'),
        ('coupon_expired', 409, 'coupon_not_valid', null,
         'A coupon of the cart is not valid any more.'),
        ('coupon_used_up', 409, 'coupon_used_up', null,
         'A coupon of the cart has been used as often as it may be.'),
        ('coupon_used', 409, 'coupon_used', null,
         'A coupon of the cart was used as often as one customer may.'),
        ('gift_card', 422, 'gift_card_unknown', null,
         'There is no such gift card.'),
        ('gift_card_not_valid', 409, 'gift_card_not_valid', null,
         'A gift card is blocked, has ended, or is in another currency.'),
        ('gift_card_used_up', 409, 'gift_card_used_up', null,
         'Nothing is left on a gift card of the cart.')
    ) as v (refusal, status, code, pointer, detail)
    where v.refusal = p_code;
    return (r.status, jsonb_build_object('code', r.code, 'detail',
        case when r.pointer is null then r.detail
             else 'Some input is not valid.' end)
        || case when r.pointer is null then '{}' else jsonb_build_object(
               'errors', jsonb_build_array(jsonb_build_object(
                   'pointer', r.pointer, 'detail', r.detail))) end
        || p_more, null, null, null, false)::api.answer;
end
$$;

comment on function "order".refusal is
    'why an order is not placed, as the members of a problem';
