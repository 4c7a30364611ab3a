import { call } from "@/lib/api";
import { useCartChange } from "./use-cart-change";

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
  return useCartChange(changeQuantity);
}
