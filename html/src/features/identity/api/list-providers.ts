import { useQuery } from "@tanstack/react-query";
import { call } from "@/lib/api";

export function listProviders() {
  return call("get", "/api/v1/auth/oidc");
}

export type Provider = Awaited<ReturnType<typeof listProviders>>["items"][number];

export function useProviders() {
  return useQuery({ queryKey: ["providers"], queryFn: listProviders });
}
