import { useMutation } from "@tanstack/react-query";
import { call } from "@/lib/api";

export function signOut() {
  return call("post", "/api/v1/auth/logout");
}

export function useSignOut() {
  return useMutation({ mutationFn: signOut });
}
