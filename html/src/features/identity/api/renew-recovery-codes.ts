import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/lib/api";

export function renewRecoveryCodes(code: string) {
  return call("post", "/api/v1/users/me/mfa/recovery-codes", { body: { code } });
}

export function useRenewRecoveryCodes() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: renewRecoveryCodes,
    onSuccess: () => client.invalidateQueries({ queryKey: ["mfa"] }),
  });
}
