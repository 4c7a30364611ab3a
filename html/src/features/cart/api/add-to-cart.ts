import { call } from "@/lib/api";
import { useCartChange } from "./use-cart-change";

export interface Addition {
  variantId: string;
  quantity: number;
}

export function addToCart({ variantId, quantity }: Addition) {
  return call("post", "/api/v1/cart/add", {
    body: { variant_id: variantId, quantity },
  });
}

export function useAddToCart() {
  return useCartChange(addToCart);
}
