// Why a coupon takes nothing off, by the reasons of the API.
const REASONS: Record<string, string> = {
  items: "Nothing in your cart is part of it.",
  min_total: "Your cart is not worth enough for it yet.",
  min_quantity: "There are not enough pieces in your cart yet.",
  currency: "It doesn't count in this currency.",
  country: "It doesn't count for deliveries to this country.",
  group: "It is for other customers.",
  sign_in: "Sign in to use it.",
  first_order: "It is for a first order.",
  shipping: "There is nothing to deliver.",
  shipping_method: "It doesn't count for this way of delivery.",
  gift: "The gift is sold out.",
  exclusive: "It can't be combined with your other discounts.",
  nothing: "There is nothing left to take off.",
  coupon_early: "It doesn't count yet.",
  coupon_expired: "It has ended. Please remove it.",
  coupon_used_up: "It is used up. Please remove it.",
  coupon_used: "You have used it already. Please remove it.",
};

export function reasonOf(reason: string | null): string {
  return REASONS[reason ?? ""] ?? "It doesn't count. Please remove it.";
}

// An order of a cart with such a coupon is refused.
export function refuses(reason: string | null): boolean {
  return reason?.startsWith("coupon") ?? false;
}
