import { useQuery } from "@tanstack/react-query";
import { call } from "@/lib/api";

export function listGrants() {
  return call("get", "/api/v1/users/me/grants");
}

export type Grant = Awaited<ReturnType<typeof listGrants>>["items"][number];

export function useGrants() {
  return useQuery({ queryKey: ["grants"], queryFn: listGrants });
}
