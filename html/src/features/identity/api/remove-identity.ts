import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/lib/api";

export function removeIdentity(id: string) {
  return call("delete", "/api/v1/users/me/identities/{id}", { path: { id } });
}

export function useRemoveIdentity() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: removeIdentity,
    onSuccess: () => client.invalidateQueries({ queryKey: ["identities"] }),
  });
}
