import type { SubmitEvent } from "react";
import { passwordOf } from "@/lib/form";
import { errorOf } from "@/lib/mistakes";
import { useMistakes } from "@/lib/use-mistakes";
import { Callout } from "@/ui/callout";
import { ErrorSummary } from "@/ui/error-summary";
import { PasswordField } from "@/ui/password-field";
import { Submit } from "@/ui/submit";
import { useResetPassword } from "./api/reset-password";
import { DeadLink } from "./dead-link";
import { isSpent } from "./spent";

const NAMES = { password: "Password" };
const KNOWN = {};

export function ResetPasswordForm({ token }: { token: string }) {
  const reset = useResetPassword();
  const mistakes = useMistakes(reset.error, NAMES, KNOWN);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = passwordOf(new FormData(event.currentTarget));
    reset.mutate({ token, password });
  };
  if (isSpent(reset.error)) {
    return <DeadLink spent href="/forgot-password" way="Ask for a new link" />;
  }
  if (reset.isSuccess) {
    return (
      <div role="status">
        <Callout tone="good" title="Your password is changed">
          <p>Every device was signed out. Sign in with the new one.</p>
        </Callout>
        <a href="/sign-in" className="button button-primary w-full">
          Sign in
        </a>
      </div>
    );
  }
  return (
    <form onSubmit={submit} noValidate className="space-y-5">
      <ErrorSummary mistakes={mistakes} title="Your password is as it was" />
      <PasswordField
        fresh
        label="New password"
        error={errorOf(mistakes, "password")}
      />
      <Submit wide label="Change the password" busy={reset.isPending} />
    </form>
  );
}
