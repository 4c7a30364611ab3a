import type { SubmitEvent } from "react";
import { textOf } from "@/lib/form";
import { errorOf } from "@/lib/mistakes";
import { useMistakes } from "@/lib/use-mistakes";
import { Callout } from "@/ui/callout";
import { ErrorSummary } from "@/ui/error-summary";
import { Field } from "@/ui/field";
import { Submit } from "@/ui/submit";
import { useForgotPassword } from "./api/forgot-password";

const NAMES = { email: "E-mail" };
const KNOWN = {};

// The same answer whether there is such an account or not.
export function ForgotPasswordForm() {
  const forgot = useForgotPassword();
  const mistakes = useMistakes(forgot.error, NAMES, KNOWN);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    forgot.mutate(textOf(new FormData(event.currentTarget), "email"));
  };
  if (forgot.isSuccess) {
    return (
      <div role="status">
        <Callout tone="good" title="Look into your mailbox">
          <p>
            If there is an account with <strong>{forgot.variables}</strong>, a
            mail with a link is on its way. It may take a minute, and may be
            among the spam.
          </p>
        </Callout>
      </div>
    );
  }
  return (
    <form onSubmit={submit} noValidate className="space-y-5">
      <ErrorSummary mistakes={mistakes} />
      <Field
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        hint="You get a link that lets you choose a new password."
        required
        error={errorOf(mistakes, "email")}
      />
      <Submit wide label="Send the link" busy={forgot.isPending} />
    </form>
  );
}
