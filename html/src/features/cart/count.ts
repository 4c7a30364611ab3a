import type { Cart } from "@/lib/types";

export function countOf(cart: Cart | undefined): number {
  return (cart?.items ?? []).reduce((sum, item) => sum + item.quantity, 0);
}
