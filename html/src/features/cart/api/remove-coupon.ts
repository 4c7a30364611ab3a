import { call } from "@/lib/api";
import { useCartChange } from "./use-cart-change";

export function removeCoupon(code: string) {
  return call("delete", "/api/v1/cart/coupons/{code}", { path: { code } });
}

export function useRemoveCoupon() {
  return useCartChange(removeCoupon);
}
