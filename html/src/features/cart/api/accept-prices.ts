import { call } from "@/lib/api";
import { useCartChange } from "./use-cart-change";

export function acceptPrices() {
  return call("patch", "/api/v1/cart", { body: { accept_prices: true } });
}

export function useAcceptPrices() {
  return useCartChange(acceptPrices);
}
