import { useMutation } from "@tanstack/react-query";
import { call } from "@/lib/api";

export interface Acceptance {
  token: string;
  password: string;
  name?: string;
  email?: string;
}

export function acceptInvitation(body: Acceptance) {
  return call("post", "/api/v1/auth/accept-invitation", { body });
}

export function useAcceptInvitation() {
  return useMutation({ mutationFn: acceptInvitation });
}
