import { useMutation } from "@tanstack/react-query";
import { call } from "@/lib/api";

export function beginTotp() {
  return call("post", "/api/v1/users/me/mfa/totp");
}

export function useBeginTotp() {
  return useMutation({ mutationFn: beginTotp });
}
