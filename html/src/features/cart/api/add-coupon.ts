import { call } from "@/lib/api";
import { useCartChange } from "./use-cart-change";

export function addCoupon(code: string) {
  return call("post", "/api/v1/cart/coupons", { body: { code } });
}

export function useAddCoupon() {
  return useCartChange(addCoupon);
}
