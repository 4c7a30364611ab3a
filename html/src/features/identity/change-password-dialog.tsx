import type { SubmitEvent } from "react";
import { passwordOf } from "@/lib/form";
import { errorOf } from "@/lib/mistakes";
import { useMistakes } from "@/lib/use-mistakes";
import { Dialog } from "@/ui/dialog";
import { ErrorSummary } from "@/ui/error-summary";
import { PasswordField } from "@/ui/password-field";
import { Submit } from "@/ui/submit";
import { useChangePassword } from "./api/change-password";
import { currentPassword, WRONG_PASSWORD } from "./current-password";
import { Username } from "./username";

const NAMES = {
  current_password: "Present password",
  new_password: "New password",
};

export function ChangePasswordDialog({ close }: { close: () => void }) {
  const change = useChangePassword();
  const mistakes = useMistakes(change.error, NAMES, WRONG_PASSWORD);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    change.mutate({
      ...currentPassword(given),
      new_password: passwordOf(given, "new_password"),
    });
  };
  return (
    <Dialog title="Change your password" close={close}>
      {change.isSuccess ? (
        <div role="status" className="space-y-5">
          <p>Your password is changed. Your other devices are signed out.</p>
          <button type="button" className="button button-primary w-full" onClick={close}>
            Close
          </button>
        </div>
      ) : (
        <form onSubmit={submit} noValidate className="space-y-5">
          <ErrorSummary mistakes={mistakes} />
          <Username />
          <PasswordField
            label="Present password"
            name="current_password"
            hint="Leave it empty if you have none yet."
            error={errorOf(mistakes, "current_password")}
          />
          <PasswordField
            fresh
            label="New password"
            name="new_password"
            error={errorOf(mistakes, "new_password")}
          />
          <Submit wide label="Change the password" busy={change.isPending} />
        </form>
      )}
    </Dialog>
  );
}
