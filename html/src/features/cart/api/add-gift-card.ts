import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/lib/api";
import { cartKey } from "./get-cart";

export function addGiftCard(code: string) {
  return call("post", "/api/v1/cart/gift-cards", { body: { code } });
}

export function useAddGiftCard() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: addGiftCard,
    onSuccess: (cart) => client.setQueryData(cartKey, cart),
  });
}
