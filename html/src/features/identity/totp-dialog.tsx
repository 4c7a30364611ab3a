import { useEffect, useState } from "react";
import { problemOf } from "@/lib/api";
import { CopyButton } from "@/ui/copy-button";
import { Dialog } from "@/ui/dialog";
import { useBeginTotp } from "./api/begin-totp";
import { useConfirmTotp } from "./api/confirm-totp";
import { CodeForm } from "./code-form";
import type { QrCode } from "./qr-code";
import { RecoveryCodes } from "./recovery-codes";

export function TotpDialog({ close }: { close: () => void }) {
  const begin = useBeginTotp();
  const confirm = useConfirmTotp();
  const { mutate } = begin;
  useEffect(() => mutate(undefined), [mutate]);
  if (confirm.data) {
    return (
      <Dialog title="Keep these codes" close={close}>
        <RecoveryCodes codes={confirm.data.recovery_codes} done={close} />
      </Dialog>
    );
  }
  const problem = begin.error && problemOf(begin.error);
  return (
    <Dialog title="Set up an authenticator app" close={close}>
      {problem && <p role="alert">{problem.detail ?? problem.title}</p>}
      {begin.data ? (
        <Secret secret={begin.data.secret} uri={begin.data.uri} />
      ) : (
        !problem && <div aria-busy="true" className="skeleton mx-auto size-52" />
      )}
      <CodeForm
        label="Turn on"
        busy={confirm.isPending || !begin.isSuccess}
        error={confirm.error}
        send={(code) => confirm.mutate(code)}
      />
    </Dialog>
  );
}

function Secret({ secret, uri }: { secret: string; uri: string }) {
  return (
    <>
      <p>Scan this with the app:</p>
      <Picture uri={uri} />
      <details className="mb-5">
        <summary className="link py-1 text-sm">I can't scan it</summary>
        <div className="mt-2 flex flex-wrap items-center gap-3">
          <code className="bg-surface min-w-40 grow basis-0 rounded-base px-3 py-2 text-sm [overflow-wrap:anywhere]">
            {secret.replace(/(.{4})(?=.)/g, "$1 ")}
          </code>
          <CopyButton text={secret} what="the key" />
        </div>
      </details>
    </>
  );
}

// Drawing it takes a library that no page needs to begin with; the key below
// does without.
function Picture({ uri }: { uri: string }) {
  const [parts, setParts] = useState<{ QrCode: typeof QrCode } | null>(null);
  useEffect(() => {
    import("./qr-code").then(setParts, () => setParts(null));
  }, []);
  return parts ? (
    <parts.QrCode text={uri} label="QR code for the authenticator app" />
  ) : (
    <div className="skeleton mx-auto my-4 size-52" />
  );
}
