import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/lib/api";
import { cartKey } from "./get-cart";

export interface Delivery {
  country: string;
  postalCode: string;
  method: string;
}

export function setDelivery({ country, postalCode, method }: Delivery) {
  return call("patch", "/api/v1/cart", {
    body: {
      country,
      postal_code: postalCode || null,
      shipping_method: method,
    },
  });
}

// The cart as it is for an address and a way of delivery.
export function useSetDelivery() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: setDelivery,
    scope: { id: "cart" },
    onSuccess: (cart) => client.setQueryData(cartKey, cart),
  });
}
