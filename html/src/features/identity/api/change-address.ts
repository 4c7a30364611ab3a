import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/lib/api";
import type { AddressInput } from "../address";

export interface AddressChange extends Partial<AddressInput> {
  id: string;
}

export function changeAddress({ id, ...body }: AddressChange) {
  return call("patch", "/api/v1/users/me/addresses/{id}", { path: { id }, body });
}

export function useChangeAddress() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: changeAddress,
    onSuccess: () => client.invalidateQueries({ queryKey: ["addresses"] }),
  });
}
