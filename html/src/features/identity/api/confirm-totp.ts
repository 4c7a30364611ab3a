import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/lib/api";

export function confirmTotp(code: string) {
  return call("post", "/api/v1/users/me/mfa/totp/confirm", { body: { code } });
}

export function useConfirmTotp() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: confirmTotp,
    onSuccess: () => client.invalidateQueries({ queryKey: ["mfa"] }),
  });
}
