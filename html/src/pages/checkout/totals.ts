import type { Cart, Money, ShippingOption } from "@/lib/types";

// What the order will cost with another way of delivery, until the shop has
// computed it.  Should it differ, the order is refused and the right total told.
export function totalWith(
  cart: Cart,
  option: ShippingOption | undefined,
): Cart {
  if (!option || option.code === cart.shipping_method || !known(cart)) {
    return cart;
  }
  const money = (amount: number): Money => ({
    amount,
    currency: cart.total.currency,
  });
  const total = cart.total.amount - cart.shipping.amount + option.amount.amount;
  const cards = cart.gift_cards.map(({ balance }) => balance?.amount ?? 0);
  const paid = Math.min(
    cards.reduce((sum, amount) => sum + amount, 0),
    total,
  );
  return {
    ...cart,
    shipping: option.amount,
    total: money(total),
    due: money(total - paid),
  };
}

// A total that was not told is not insisted on.
export function expectedTotal(
  cart: Cart,
  option: ShippingOption | undefined,
): Money | undefined {
  const told = !option || option.code === cart.shipping_method || known(cart);
  return told ? totalWith(cart, option).total : undefined;
}

// Tax that comes on top and free delivery are for the shop to compute.
function known({ tax, discounts }: Cart): boolean {
  return (
    tax.included && discounts.every(({ kind }) => kind !== "free_shipping")
  );
}
