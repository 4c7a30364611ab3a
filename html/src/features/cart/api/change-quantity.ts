import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/lib/api";
import { cartKey } from "./get-cart";

export interface Change {
  itemId: string;
  quantity: number;
}

export function changeQuantity({ itemId, quantity }: Change) {
  return call("patch", "/api/v1/cart/items/{item}", {
    path: { item: itemId },
    body: { quantity },
  });
}

// Totals come from the shop only, never guessed; the line shows it is busy.
export function useChangeQuantity() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: changeQuantity,
    onSuccess: (cart) => client.setQueryData(cartKey, cart),
  });
}
