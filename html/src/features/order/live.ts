import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { orderKey } from "./api/get-order";

const EVENTS = [
  "order.created",
  "order.paid",
  "order.processing",
  "order.shipped",
  "order.delivered",
  "order.cancelled",
  "order.payment_failed",
  "order.refunded",
  "order.partially_refunded",
  "order.returned",
  "payment.requested",
  "payment.success",
  "payment.failed",
  "payment.refunded",
];

export type Connection = "connecting" | "live" | "lost";

// Every event is a hint: the order itself is read again.
export function useLiveOrder(id: string): Connection {
  const client = useQueryClient();
  const [state, setState] = useState<Connection>("connecting");
  useEffect(() => {
    const source = new EventSource(
      `/api/v1/orders/${encodeURIComponent(id)}/events`,
    );
    const refresh = () =>
      void client.invalidateQueries({ queryKey: orderKey(id) });
    source.onopen = () => setState("live");
    source.onerror = () => setState("lost");
    source.onmessage = refresh;
    for (const name of EVENTS) {
      source.addEventListener(name, refresh);
    }
    return () => source.close();
  }, [client, id]);
  return state;
}
