import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/lib/api";

export function removeAddress(id: string) {
  return call("delete", "/api/v1/users/me/addresses/{id}", { path: { id } });
}

export function useRemoveAddress() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: removeAddress,
    onSuccess: () => client.invalidateQueries({ queryKey: ["addresses"] }),
  });
}
