import { useMutation } from "@tanstack/react-query";
import { call } from "@/lib/api";

export interface OauthAnswer {
  id: string;
  approve: boolean;
}

export function answerOauthRequest({ id, approve }: OauthAnswer) {
  return call("post", "/api/v1/oauth/requests/{id}", {
    path: { id },
    body: { approve },
  });
}

export function useAnswerOauthRequest() {
  return useMutation({ mutationFn: answerOauthRequest });
}
