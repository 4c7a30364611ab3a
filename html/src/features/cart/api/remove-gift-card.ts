import { call } from "@/lib/api";
import { useCartChange } from "./use-cart-change";

export function removeGiftCard(id: string) {
  return call("delete", "/api/v1/cart/gift-cards/{gift_card}", {
    path: { gift_card: id },
  });
}

export function useRemoveGiftCard() {
  return useCartChange(removeGiftCard);
}
