import { useMutation } from "@tanstack/react-query";
import { call } from "@/lib/api";

export interface EmailChange {
  email: string;
  current_password?: string;
}

export function changeEmail(body: EmailChange) {
  return call("post", "/api/v1/users/me/email", { body });
}

export function useChangeEmail() {
  return useMutation({ mutationFn: changeEmail });
}
