drop function if exists cart.refusal(text);

create or replace function cart.refusal(p_code text, p_limits jsonb)
    returns api.answer
    language plpgsql immutable
    set search_path = pg_catalog, pg_temp
as $$
declare
    r record;
begin
    select v.* into r from (values
        ('not_found', 404, 'not_found', null,
         'There is no such product, or it is not for sale.'),
        ('variant_required', 422, 'variant_required', null,
         'The product has several variants: one must be named.'),
        ('insufficient_stock', 409, 'insufficient_stock', null,
         'There is not enough stock.'),
        ('quantity', 422, 'quantity_not_allowed', null,
         'This quantity can''t be ordered.'),
        ('currency', 422, 'invalid_input', '/currency',
         'is not one of the shop''s'),
        ('country', 422, 'invalid_input', '/country', 'is not served'),
        ('shipping_method', 422, 'invalid_input', '/shipping_method',
         'is not offered for this cart and address'),
        ('pickup_point', 422, 'invalid_input', '/pickup_point',
         'is not a point of the shipping method'),
        ('customer_id', 422, 'invalid_input', '/customer_id',
         'There is no such account.'),
        ('vat_id', 422, 'invalid_input', '/vat_id', 'is not a VAT id'),
        ('coupon', 422, 'coupon_unknown', null, 'There is no such coupon.'),
        ('coupon_early', 409, 'coupon_not_valid', null,
         'The coupon is not valid yet.'),
        ('coupon_expired', 409, 'coupon_not_valid', null,
         'The coupon is not valid any more.'),
        ('coupon_used_up', 409, 'coupon_used_up', null,
         'The coupon has been used as often as it may be.'),
        ('coupon_used', 409, 'coupon_used', null,
         'You have used the coupon as often as you may.'),
        ('gift_card', 422, 'gift_card_unknown', null,
         'There is no such gift card.'),
        ('gift_card_not_valid', 409, 'gift_card_not_valid', null,
         'The gift card is blocked, has ended, or is in another currency.'),
        ('gift_card_used_up', 409, 'gift_card_used_up', null,
         'Nothing is left on the gift card.')
    ) as v (refusal, status, code, pointer, detail)
    where v.refusal = p_code;
    return (r.status, case when r.pointer is null
        then jsonb_build_object('code', r.code, 'detail', r.detail)
        else jsonb_build_object('code', r.code,
            'detail', 'Some input is not valid.',
            'errors', jsonb_build_array(jsonb_build_object(
                'pointer', r.pointer, 'detail', r.detail)))
        end || case when p_limits is null then '{}'
                    else jsonb_build_object('quantity', p_limits) end,
        null, null, null, false)::api.answer;
end
$$;

comment on function cart.refusal is
    'why a change of a cart is refused, as the members of a problem; p_limits:'
    ' the quantities that the line may have';
