import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/lib/api";

export function removeTotp(code: string) {
  return call("delete", "/api/v1/users/me/mfa/totp", { body: { code } });
}

export function useRemoveTotp() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: removeTotp,
    onSuccess: () => client.invalidateQueries({ queryKey: ["mfa"] }),
  });
}
