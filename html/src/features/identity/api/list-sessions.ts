import { useQuery } from "@tanstack/react-query";
import { call } from "@/lib/api";

export function listSessions() {
  return call("get", "/api/v1/users/me/sessions");
}

export type Session = Awaited<ReturnType<typeof listSessions>>["items"][number];

export function useSessions() {
  return useQuery({ queryKey: ["sessions"], queryFn: listSessions });
}
