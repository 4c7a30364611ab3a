import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/lib/api";
import { cartKey } from "./get-cart";

export function removeItem(itemId: string) {
  return call("delete", "/api/v1/cart/remove/{item}", {
    path: { item: itemId },
  });
}

export function useRemoveItem() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: removeItem,
    onSuccess: (cart) => client.setQueryData(cartKey, cart),
  });
}
