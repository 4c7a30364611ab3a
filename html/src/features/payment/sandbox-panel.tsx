import { problemOf } from "@/lib/api";
import type { Payment } from "@/lib/types";
import { usePaySandbox } from "./api/pay-sandbox";

// What became of it arrives with the order's events; the buttons just wait.
export function SandboxPanel({ payment }: { payment: Payment }) {
  const pay = usePaySandbox();
  const declined = payment.status === "failed";
  const decide = (outcome: "success" | "decline") =>
    pay.mutate({ paymentId: payment.id, outcome });
  const waiting = pay.isPending || (pay.isSuccess && !declined);
  return (
    <section
      aria-labelledby="pay"
      className="border-accent rounded-base border-2 p-5 sm:p-6"
    >
      <h2 id="pay" className="text-xl">
        {declined ? "The payment was declined" : "Pay now"}
      </h2>
      <p className="text-muted mt-1.5">
        {declined
          ? "Nothing was taken. You can try again until your reservation ends."
          : "This shop runs with a sandbox: no money moves. Choose how the payment ends."}
      </p>
      <div className="mt-4 flex flex-wrap gap-3">
        <button
          type="button"
          className="button button-primary"
          disabled={waiting}
          onClick={() => decide("success")}
        >
          {waiting ? "Paying …" : "Pay (success)"}
        </button>
        <button
          type="button"
          className="button button-plain"
          disabled={waiting}
          onClick={() => decide("decline")}
        >
          Decline
        </button>
      </div>
      {pay.isError && (
        <p role="alert" className="text-danger mt-3 text-sm font-medium">
          {problemOf(pay.error).detail ?? problemOf(pay.error).title}
        </p>
      )}
    </section>
  );
}
