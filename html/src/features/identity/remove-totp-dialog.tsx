import { Dialog } from "@/ui/dialog";
import { useRemoveTotp } from "./api/remove-totp";
import { CodeForm } from "./code-form";

export function RemoveTotpDialog({ close }: { close: () => void }) {
  const remove = useRemoveTotp();
  return (
    <Dialog title="Turn off the second step" close={close}>
      <p className="text-muted mb-5">
        Your password alone will be enough then, and the recovery codes are
        gone.
      </p>
      <CodeForm
        label="Turn off"
        busy={remove.isPending}
        error={remove.error}
        send={(code) => remove.mutate(code, { onSuccess: close })}
      />
    </Dialog>
  );
}
