import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/lib/api";
import { cartKey } from "./get-cart";

export function removeGiftCard(id: string) {
  return call("delete", "/api/v1/cart/gift-cards/{gift_card}", {
    path: { gift_card: id },
  });
}

export function useRemoveGiftCard() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: removeGiftCard,
    onSuccess: (cart) => client.setQueryData(cartKey, cart),
  });
}
