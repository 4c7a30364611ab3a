import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/lib/api";
import { cartKey } from "./get-cart";

export interface Destination {
  country: string;
  postalCode: string;
}

export function setDestination({ country, postalCode }: Destination) {
  return call("patch", "/api/v1/cart", {
    body: { country, ...(postalCode && { postal_code: postalCode }) },
  });
}

export function useSetDestination() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: setDestination,
    onSuccess: (cart) => client.setQueryData(cartKey, cart),
  });
}
