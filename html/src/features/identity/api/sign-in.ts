import { useMutation } from "@tanstack/react-query";
import { call } from "@/lib/api";

export interface SignIn {
  email: string;
  password: string;
}

export function signIn(body: SignIn) {
  return call("post", "/api/v1/auth/login", { body });
}

export function useSignIn() {
  return useMutation({ mutationFn: signIn });
}
