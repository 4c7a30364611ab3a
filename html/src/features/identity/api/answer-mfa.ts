import { useMutation } from "@tanstack/react-query";
import { call } from "@/lib/api";

export interface MfaAnswer {
  mfa_token: string;
  code: string;
}

export function answerMfa(body: MfaAnswer) {
  return call("post", "/api/v1/auth/mfa", { body });
}

export function useAnswerMfa() {
  return useMutation({ mutationFn: answerMfa });
}
