import { call } from "@/lib/api";
import { useCartChange } from "./use-cart-change";

export interface Destination {
  country: string;
  postalCode: string;
}

export function setDestination({ country, postalCode }: Destination) {
  return call("patch", "/api/v1/cart", {
    body: { country, ...(postalCode && { postal_code: postalCode }) },
  });
}

export function useSetDestination() {
  return useCartChange(setDestination);
}
