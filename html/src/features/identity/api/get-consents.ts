import { useQuery } from "@tanstack/react-query";
import { call } from "@/lib/api";

export function getConsents() {
  return call("get", "/api/v1/users/me/consents");
}

export type Consent = Awaited<ReturnType<typeof getConsents>>["items"][number];

export function useConsents() {
  return useQuery({ queryKey: ["consents"], queryFn: getConsents });
}
