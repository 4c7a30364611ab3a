import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/lib/api";

export function endGrant(id: string) {
  return call("delete", "/api/v1/users/me/grants/{id}", { path: { id } });
}

export function useEndGrant() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: endGrant,
    onSuccess: () => client.invalidateQueries({ queryKey: ["grants"] }),
  });
}
