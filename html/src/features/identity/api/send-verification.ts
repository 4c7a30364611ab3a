import { useMutation } from "@tanstack/react-query";
import { call } from "@/lib/api";

export function sendVerification() {
  return call("post", "/api/v1/auth/verify-email/send");
}

export function useSendVerification() {
  return useMutation({ mutationFn: sendVerification });
}
