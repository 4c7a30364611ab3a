import { useMutation } from "@tanstack/react-query";
import { call } from "@/lib/api";
import { whenBusy } from "@/lib/busy";

export interface SignIn {
  email: string;
  password: string;
}

export function signIn(body: SignIn) {
  return call("post", "/api/v1/auth/login", { body });
}

export function useSignIn() {
  return useMutation({ mutationFn: signIn, ...whenBusy });
}
