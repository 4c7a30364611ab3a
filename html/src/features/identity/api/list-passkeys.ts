import { useQuery } from "@tanstack/react-query";
import { call } from "@/lib/api";

export function listPasskeys() {
  return call("get", "/api/v1/users/me/passkeys");
}

export type Passkey = Awaited<ReturnType<typeof listPasskeys>>["items"][number];

export function usePasskeys() {
  return useQuery({ queryKey: ["passkeys"], queryFn: listPasskeys });
}
