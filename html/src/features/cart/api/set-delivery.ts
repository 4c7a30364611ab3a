import { call } from "@/lib/api";
import { useCartChange } from "./use-cart-change";

export interface Delivery {
  country: string;
  postalCode: string;
  method: string;
}

export function setDelivery({ country, postalCode, method }: Delivery) {
  return call("patch", "/api/v1/cart", {
    body: {
      country,
      postal_code: postalCode || null,
      shipping_method: method,
    },
  });
}

// The cart as it is for an address and a way of delivery.
export function useSetDelivery() {
  return useCartChange(setDelivery);
}
