import { problemOf } from "@/lib/api";
import { useSendVerification } from "./api/send-verification";

export function SendAgain() {
  const send = useSendVerification();
  const problem = send.error && problemOf(send.error);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <button
        type="button"
        className="button button-plain"
        disabled={send.isPending || send.isSuccess}
        onClick={() => send.mutate(undefined)}
      >
        Send the mail again
      </button>
      <p role="status" className={problem ? "text-danger" : "text-success"}>
        {send.isSuccess && "It is on its way."}
        {problem && (problem.detail ?? problem.title)}
      </p>
    </div>
  );
}
