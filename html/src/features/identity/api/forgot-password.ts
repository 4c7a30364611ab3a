import { useMutation } from "@tanstack/react-query";
import { call } from "@/lib/api";

export function forgotPassword(email: string) {
  return call("post", "/api/v1/auth/password/forgot", { body: { email } });
}

export function useForgotPassword() {
  return useMutation({ mutationFn: forgotPassword });
}
