import type { Order, OrderStatus } from "@/lib/types";

const NAMES: Record<OrderStatus, string> = {
  pending_payment: "Waiting for the payment",
  paid: "Paid",
  processing: "Being packed",
  shipped: "On its way",
  delivered: "Delivered",
  cancelled: "Cancelled",
  payment_failed: "The payment was declined",
  refunded: "Refunded",
  partially_refunded: "Partly refunded",
  returned: "Returned",
};

const EVENTS: Record<string, string> = {
  "order.created": "Order placed",
  "order.paid": "Order paid",
  "order.cancelled": "Order cancelled",
  "order.shipped": "Order shipped",
  "order.delivered": "Order delivered",
  "order.refunded": "Order refunded",
  "order.payment_failed": "Payment declined",
  "payment.requested": "Payment requested",
  "payment.success": "Payment received",
  "payment.failed": "Payment declined",
};

export function statusName(status: OrderStatus): string {
  return NAMES[status];
}

export function eventName(event: string): string {
  const known = EVENTS[event];
  if (known) {
    return known;
  }
  const text = event.replace(/[._]/g, " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const STEPS = ["Placed", "Paid", "Packed", "Shipped", "Delivered"];

// How many of the steps are done.
export function progressOf(status: OrderStatus): number {
  const done: Partial<Record<OrderStatus, number>> = {
    paid: 2,
    processing: 3,
    shipped: 4,
    delivered: 5,
  };
  return done[status] ?? 1;
}

export function canPay(order: Order): boolean {
  return (
    order.payment?.provider === "sandbox" &&
    (order.status === "pending_payment" || order.status === "payment_failed") &&
    order.payment.status !== "success"
  );
}
