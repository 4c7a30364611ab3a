import { useMutation, useQueryClient } from "@tanstack/react-query";
import { cartLine } from "@/lib/cart-line";
import type { Cart } from "@/lib/types";
import { cartKey } from "./get-cart";

export function useCartChange<Given = void>(change: (given: Given) => Promise<Cart>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    scope: cartLine,
    onSuccess: async (cart) => {
      await client.cancelQueries({ queryKey: cartKey });
      client.setQueryData(cartKey, cart);
    },
  });
}
