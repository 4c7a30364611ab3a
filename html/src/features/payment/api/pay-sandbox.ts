import { useMutation } from "@tanstack/react-query";
import { call } from "@/lib/api";

export interface Outcome {
  paymentId: string;
  outcome: "success" | "decline";
}

export function paySandbox({ paymentId, outcome }: Outcome) {
  return call("post", "/api/v1/payments/{payment}/sandbox", {
    path: { payment: paymentId },
    body: { outcome },
  });
}

export function usePaySandbox() {
  return useMutation({ mutationFn: paySandbox });
}
