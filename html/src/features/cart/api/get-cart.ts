import { useQuery } from "@tanstack/react-query";
import { call } from "@/lib/api";

export const cartKey = ["cart"];

export function getCart() {
  return call("get", "/api/v1/cart");
}

export function useCart(enabled: boolean) {
  return useQuery({ queryKey: cartKey, queryFn: getCart, enabled });
}
