import { useMutation } from "@tanstack/react-query";
import { call } from "@/lib/api";
import { askPasskey } from "@/lib/passkey";

type More = Pick<CredentialRequestOptions, "mediation" | "signal">;

// The shop's question, the device's answer, the session; null: called off.
export async function signInPasskey(more: More) {
  const { options } = await call("post", "/api/v1/auth/passkey/options");
  const credential = await askPasskey(options, more);
  if (!credential) {
    return null;
  }
  return call("post", "/api/v1/auth/passkey", { body: { credential } });
}

export function useSignInPasskey() {
  return useMutation({ mutationFn: signInPasskey });
}
