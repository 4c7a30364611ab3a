import { useQuery } from "@tanstack/react-query";
import { call } from "@/lib/api";

export function listOrders() {
  return call("get", "/api/v1/orders", { query: { limit: 20 } });
}

export function useOrders() {
  return useQuery({ queryKey: ["orders"], queryFn: listOrders });
}
