import { useQuery } from "@tanstack/react-query";
import { call } from "@/lib/api";

export function listIdentities() {
  return call("get", "/api/v1/users/me/identities");
}

export type LinkedIdentity = Awaited<ReturnType<typeof listIdentities>>["items"][number];

export function useIdentities() {
  return useQuery({ queryKey: ["identities"], queryFn: listIdentities });
}
