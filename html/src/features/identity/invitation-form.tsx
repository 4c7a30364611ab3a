import type { SubmitEvent } from "react";
import { passwordOf, textOf } from "@/lib/form";
import { errorOf } from "@/lib/mistakes";
import { useMistakes } from "@/lib/use-mistakes";
import { ErrorSummary } from "@/ui/error-summary";
import { Field } from "@/ui/field";
import { PasswordField } from "@/ui/password-field";
import { Submit } from "@/ui/submit";
import { useAcceptInvitation, type Acceptance } from "./api/accept-invitation";
import type { InvitationShown } from "./api/look-at-invitation";
import { DeadLink } from "./dead-link";
import { isSpent } from "./spent";

const NAMES = { email: "E-mail", password: "Password", name: "Name" };

const KNOWN = {
  email_taken: {
    field: "email",
    text: "There is an account with this e-mail already.",
  },
};

function acceptanceOf(token: string, given: FormData): Acceptance {
  const name = textOf(given, "name");
  const email = textOf(given, "email");
  return {
    token,
    password: passwordOf(given),
    ...(name && { name }),
    ...(email && { email }),
  };
}

interface Props {
  token: string;
  invitation: InvitationShown;
}

// The first administrator's invitation leaves the e-mail to choose.
export function InvitationForm({ token, invitation }: Props) {
  const accept = useAcceptInvitation();
  const mistakes = useMistakes(accept.error, NAMES, KNOWN);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    accept.mutate(acceptanceOf(token, new FormData(event.currentTarget)), {
      onSuccess: () => location.assign("/account"),
    });
  };
  if (isSpent(accept.error)) {
    return <DeadLink spent href="/" way="To the shop" />;
  }
  return (
    <form onSubmit={submit} noValidate className="space-y-5">
      <ErrorSummary mistakes={mistakes} title="Not accepted yet" />
      {invitation.email === null ? (
        <Field
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          required
          error={errorOf(mistakes, "email")}
        />
      ) : (
        <p className="text-muted">
          You will sign in as{" "}
          <strong className="text-fg [overflow-wrap:anywhere]">
            {invitation.email}
          </strong>
          .
        </p>
      )}
      <Field
        label="Name"
        name="name"
        autoComplete="name"
        defaultValue={invitation.name ?? ""}
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
