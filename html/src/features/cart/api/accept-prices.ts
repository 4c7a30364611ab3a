import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/lib/api";
import { cartKey } from "./get-cart";

export function acceptPrices() {
  return call("patch", "/api/v1/cart", { body: { accept_prices: true } });
}

export function useAcceptPrices() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: acceptPrices,
    onSuccess: (cart) => client.setQueryData(cartKey, cart),
  });
}
