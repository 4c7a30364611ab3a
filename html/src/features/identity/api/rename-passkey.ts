import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/lib/api";

export interface PasskeyName {
  id: string;
  name: string;
}

export function renamePasskey({ id, name }: PasskeyName) {
  return call("patch", "/api/v1/users/me/passkeys/{id}", { path: { id }, body: { name } });
}

export function useRenamePasskey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: renamePasskey,
    onSuccess: () => client.invalidateQueries({ queryKey: ["passkeys"] }),
  });
}
