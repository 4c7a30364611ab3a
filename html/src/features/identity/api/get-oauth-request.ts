import { useQuery } from "@tanstack/react-query";
import { call } from "@/lib/api";

export function getOauthRequest(id: string) {
  return call("get", "/api/v1/oauth/requests/{id}", { path: { id } });
}

export type OauthRequest = Awaited<ReturnType<typeof getOauthRequest>>;

export function useOauthRequest(id: string) {
  return useQuery({
    queryKey: ["oauth-request", id],
    queryFn: () => getOauthRequest(id),
  });
}
