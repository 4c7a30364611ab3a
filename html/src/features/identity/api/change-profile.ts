import { useMutation } from "@tanstack/react-query";
import { call } from "@/lib/api";

export interface ProfileChange {
  name?: string;
  phone?: string | null;
  locale?: string | null;
}

export function changeProfile(body: ProfileChange) {
  return call("patch", "/api/v1/users/me", { body });
}

export function useChangeProfile() {
  return useMutation({ mutationFn: changeProfile });
}
