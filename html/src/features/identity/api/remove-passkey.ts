import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/lib/api";

export function removePasskey(id: string) {
  return call("delete", "/api/v1/users/me/passkeys/{id}", { path: { id } });
}

export function useRemovePasskey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: removePasskey,
    onSuccess: () => client.invalidateQueries({ queryKey: ["passkeys"] }),
  });
}
