import { useMutation } from "@tanstack/react-query";
import { call } from "@/lib/api";
import { cartLine } from "@/lib/cart-line";
import type { Address, Money } from "@/lib/types";

export interface Placement {
  email?: string;
  address: Address;
  shippingMethod?: string;
  expectedTotal?: Money;
  key: string;
}

export function placeOrder(given: Placement) {
  return call("post", "/api/v1/orders", {
    key: given.key,
    body: {
      shipping_address: given.address,
      payment: { provider: "sandbox" },
      ...(given.email && { email: given.email }),
      ...(given.shippingMethod && { shipping_method: given.shippingMethod }),
      ...(given.expectedTotal && { expected_total: given.expectedTotal }),
    },
  });
}

// After all changes of the cart: it is emptied as it was read.
export function usePlaceOrder() {
  return useMutation({ mutationFn: placeOrder, scope: cartLine });
}
