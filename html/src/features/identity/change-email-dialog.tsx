import type { SubmitEvent } from "react";
import { textOf } from "@/lib/form";
import { errorOf } from "@/lib/mistakes";
import { useMistakes } from "@/lib/use-mistakes";
import { Dialog } from "@/ui/dialog";
import { ErrorSummary } from "@/ui/error-summary";
import { Field } from "@/ui/field";
import { PasswordField } from "@/ui/password-field";
import { Submit } from "@/ui/submit";
import { useChangeEmail } from "./api/change-email";
import { currentPassword, WRONG_PASSWORD } from "./current-password";

const NAMES = { email: "E-mail", current_password: "Password" };

const KNOWN = {
  ...WRONG_PASSWORD,
  email_taken: { field: "email", text: "There is an account with this e-mail already." },
};

export function ChangeEmailDialog({ close }: { close: () => void }) {
  const change = useChangeEmail();
  const mistakes = useMistakes(change.error, NAMES, KNOWN);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    change.mutate({
      email: textOf(given, "email"),
      ...currentPassword(given),
    });
  };
  return (
    <Dialog title="Change your e-mail" close={close}>
      {change.isSuccess ? (
        <div role="status" className="space-y-5">
          <p>
            We sent a link to <strong>{change.variables.email}</strong>. Your
            e-mail changes once you open it; until then the present one stays.
          </p>
          <button type="button" className="button button-primary w-full" onClick={close}>
            Close
          </button>
        </div>
      ) : (
        <form onSubmit={submit} noValidate className="space-y-5">
          <ErrorSummary mistakes={mistakes} />
          <Field
            label="New e-mail"
            name="email"
            type="email"
            autoComplete="email"
            required
            error={errorOf(mistakes, "email")}
          />
          <PasswordField
            label="Your password"
            name="current_password"
            error={errorOf(mistakes, "current_password")}
          />
          <Submit wide label="Send the link" busy={change.isPending} />
        </form>
      )}
    </Dialog>
  );
}
