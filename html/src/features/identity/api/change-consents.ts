import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/lib/api";

// By purpose, such as {marketing_email: true}.
export function changeConsents(body: Record<string, boolean>) {
  return call("patch", "/api/v1/users/me/consents", { body });
}

export function useChangeConsents() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: changeConsents,
    onSuccess: (consents) => client.setQueryData(["consents"], consents),
  });
}
