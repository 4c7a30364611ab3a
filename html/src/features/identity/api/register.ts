import { useMutation } from "@tanstack/react-query";
import { call } from "@/lib/api";

export interface Registration {
  email: string;
  password: string;
  name: string;
}

export function register(body: Registration) {
  return call("post", "/api/v1/auth/register", { body });
}

export function useRegister() {
  return useMutation({ mutationFn: register });
}
