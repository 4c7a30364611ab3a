import { useMutation } from "@tanstack/react-query";
import { call } from "@/lib/api";

export function deleteAccount(body: { current_password?: string }) {
  return call("delete", "/api/v1/users/me", { body });
}

export function useDeleteAccount() {
  return useMutation({ mutationFn: deleteAccount });
}
