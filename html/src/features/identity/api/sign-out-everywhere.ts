import { useMutation } from "@tanstack/react-query";
import { call } from "@/lib/api";

export function signOutEverywhere() {
  return call("post", "/api/v1/auth/logout", { query: { all: true } });
}

export function useSignOutEverywhere() {
  return useMutation({ mutationFn: signOutEverywhere });
}
