import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/lib/api";

export function endSession(session: string) {
  return call("delete", "/api/v1/users/me/sessions/{session}", {
    path: { session },
  });
}

export function useEndSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: endSession,
    onSuccess: () => client.invalidateQueries({ queryKey: ["sessions"] }),
  });
}
