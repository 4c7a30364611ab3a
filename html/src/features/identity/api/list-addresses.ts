import { useQuery } from "@tanstack/react-query";
import { call } from "@/lib/api";

export function listAddresses() {
  return call("get", "/api/v1/users/me/addresses");
}

export type BookAddress = Awaited<ReturnType<typeof listAddresses>>["items"][number];

export function useAddresses() {
  return useQuery({ queryKey: ["addresses"], queryFn: listAddresses });
}
