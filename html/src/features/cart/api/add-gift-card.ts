import { call } from "@/lib/api";
import { useCartChange } from "./use-cart-change";

export function addGiftCard(code: string) {
  return call("post", "/api/v1/cart/gift-cards", { body: { code } });
}

export function useAddGiftCard() {
  return useCartChange(addGiftCard);
}
