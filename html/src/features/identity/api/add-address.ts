import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/lib/api";
import type { AddressInput } from "../address";

export function addAddress(body: AddressInput) {
  return call("post", "/api/v1/users/me/addresses", { body });
}

export function useAddAddress() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: addAddress,
    onSuccess: () => client.invalidateQueries({ queryKey: ["addresses"] }),
  });
}
