import { useQuery } from "@tanstack/react-query";
import { call } from "@/lib/api";

export function getMfa() {
  return call("get", "/api/v1/users/me/mfa");
}

export type Mfa = Awaited<ReturnType<typeof getMfa>>;

export function useMfa() {
  return useQuery({ queryKey: ["mfa"], queryFn: getMfa });
}
