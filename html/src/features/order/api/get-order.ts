import { useQuery } from "@tanstack/react-query";
import { call } from "@/lib/api";
import type { Order } from "@/lib/types";

export const orderKey = (id: string) => ["order", id];

export function getOrder(id: string, signal?: AbortSignal) {
  return call("get", "/api/v1/orders/{order}", {
    path: { order: id },
    ...(signal && { signal }),
  });
}

export function useOrder(id: string, known: Order | undefined) {
  return useQuery({
    queryKey: orderKey(id),
    queryFn: ({ signal }) => getOrder(id, signal),
    ...(known && { initialData: known }),
  });
}
