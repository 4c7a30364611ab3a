import { useMutation } from "@tanstack/react-query";
import { call } from "@/lib/api";

export function lookAtInvitation(token: string) {
  return call("post", "/api/v1/auth/invitation", { body: { token } });
}

export type InvitationShown = Awaited<ReturnType<typeof lookAtInvitation>>;

export function useLookAtInvitation() {
  return useMutation({ mutationFn: lookAtInvitation });
}
