import type { Cart, Money, ShippingOption } from "@/lib/types";

// What the order will cost with another way of delivery.  The shop computes it
// again: should it differ, it refuses and tells the right total.
export function totalWith(
  cart: Cart,
  option: ShippingOption | undefined,
): Cart {
  if (!option || !cart.tax.included) {
    return cart;
  }
  const total: Money = {
    amount: cart.total.amount - cart.shipping.amount + option.amount.amount,
    currency: cart.total.currency,
  };
  return { ...cart, shipping: option.amount, total };
}

// A total that was guessed is not insisted on.
export function expectedTotal(
  cart: Cart,
  option: ShippingOption | undefined,
): Money | undefined {
  const same = option?.amount.amount === cart.shipping.amount;
  return same || !option ? cart.total : totalWith(cart, option).total;
}
