import { call } from "@/lib/api";
import { useCartChange } from "./use-cart-change";

export function removeItem(itemId: string) {
  return call("delete", "/api/v1/cart/remove/{item}", {
    path: { item: itemId },
  });
}

export function useRemoveItem() {
  return useCartChange(removeItem);
}
