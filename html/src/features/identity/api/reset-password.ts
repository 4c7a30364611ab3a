import { useMutation } from "@tanstack/react-query";
import { call } from "@/lib/api";

export interface NewPassword {
  token: string;
  password: string;
}

export function resetPassword(body: NewPassword) {
  return call("post", "/api/v1/auth/password/reset", { body });
}

export function useResetPassword() {
  return useMutation({ mutationFn: resetPassword });
}
