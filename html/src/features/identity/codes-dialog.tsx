import { Dialog } from "@/ui/dialog";
import { useRenewRecoveryCodes } from "./api/renew-recovery-codes";
import { CodeForm } from "./code-form";
import { RecoveryCodes } from "./recovery-codes";

export function CodesDialog({ close }: { close: () => void }) {
  const renew = useRenewRecoveryCodes();
  if (renew.data) {
    return (
      <Dialog title="Keep these codes" close={close}>
        <RecoveryCodes codes={renew.data.recovery_codes} done={close} />
      </Dialog>
    );
  }
  return (
    <Dialog title="New recovery codes" close={close}>
      <p className="text-muted mb-5">The ones you have stop working.</p>
      <CodeForm
        label="Make new codes"
        busy={renew.isPending}
        error={renew.error}
        send={(code) => renew.mutate(code)}
      />
    </Dialog>
  );
}
