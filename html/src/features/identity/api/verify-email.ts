import { useMutation } from "@tanstack/react-query";
import { call } from "@/lib/api";

export function verifyEmail(token: string) {
  return call("post", "/api/v1/auth/verify-email", { body: { token } });
}

export function useVerifyEmail() {
  return useMutation({ mutationFn: verifyEmail });
}
