import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/lib/api";
import { cartKey } from "./get-cart";

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
  const client = useQueryClient();
  return useMutation({
    mutationFn: addToCart,
    onSuccess: (cart) => client.setQueryData(cartKey, cart),
  });
}
