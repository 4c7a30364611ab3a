import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/lib/api";
import { cartKey } from "./get-cart";

export function addCoupon(code: string) {
  return call("post", "/api/v1/cart/coupons", { body: { code } });
}

export function useAddCoupon() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: addCoupon,
    onSuccess: (cart) => client.setQueryData(cartKey, cart),
  });
}
