import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/lib/api";
import { cartKey } from "./get-cart";

export function removeCoupon(code: string) {
  return call("delete", "/api/v1/cart/coupons/{code}", { path: { code } });
}

export function useRemoveCoupon() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: removeCoupon,
    onSuccess: (cart) => client.setQueryData(cartKey, cart),
  });
}
