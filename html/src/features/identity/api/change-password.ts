import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/lib/api";

export interface PasswordChange {
  current_password?: string;
  new_password: string;
}

export function changePassword(body: PasswordChange) {
  return call("post", "/api/v1/auth/password/change", { body });
}

export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: changePassword,
    onSuccess: () => client.invalidateQueries({ queryKey: ["sessions"] }),
  });
}
