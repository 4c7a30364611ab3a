import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/lib/api";
import { createPasskey } from "@/lib/passkey";

// The shop's question, the device's answer, the passkey; null: called off.
export async function addPasskey(name: string) {
  const { options } = await call("post", "/api/v1/users/me/passkeys/options");
  const credential = await createPasskey(options);
  if (!credential) {
    return null;
  }
  return call("post", "/api/v1/users/me/passkeys", {
    body: { credential, name },
  });
}

export function useAddPasskey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: addPasskey,
    onSuccess: () => client.invalidateQueries({ queryKey: ["passkeys"] }),
  });
}
