import type { SubmitEvent } from "react";
import { passwordOf, textOf } from "@/lib/form";
import { errorOf } from "@/lib/mistakes";
import { useMistakes } from "@/lib/use-mistakes";
import { ErrorSummary } from "@/ui/error-summary";
import { Field } from "@/ui/field";
import { PasswordField } from "@/ui/password-field";
import { Submit } from "@/ui/submit";
import { useAcceptInvitation } from "./api/accept-invitation";
import { DeadLink } from "./dead-link";
import { isSpent } from "./spent";

const NAMES = { password: "Password", name: "Name" };
const KNOWN = {};

export function InvitationForm({ token }: { token: string }) {
  const accept = useAcceptInvitation();
  const mistakes = useMistakes(accept.error, NAMES, KNOWN);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const name = textOf(given, "name");
    accept.mutate(
      { token, password: passwordOf(given), ...(name && { name }) },
      { onSuccess: () => location.assign("/account") },
    );
  };
  if (isSpent(accept.error)) {
    return <DeadLink spent href="/" way="To the shop" />;
  }
  return (
    <form onSubmit={submit} noValidate className="space-y-5">
      <ErrorSummary mistakes={mistakes} title="Not accepted yet" />
      <Field
        label="Name (optional)"
        name="name"
        autoComplete="name"
        hint="As others in the shop see you; the invitation has one already."
        error={errorOf(mistakes, "name")}
      />
      <PasswordField fresh error={errorOf(mistakes, "password")} />
      <Submit
        wide
        label="Accept the invitation"
        busy={accept.isPending || accept.isSuccess}
      />
    </form>
  );
}
