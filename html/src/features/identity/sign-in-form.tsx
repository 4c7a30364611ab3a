import { useMemo, type SubmitEvent } from "react";
import { problemOf } from "@/lib/api";
import { passwordOf, textOf } from "@/lib/form";
import { goOn } from "@/lib/go-on";
import { errorOf, mistakesOf } from "@/lib/mistakes";
import { ErrorSummary } from "@/ui/error-summary";
import { Field } from "@/ui/field";
import { PasswordField } from "@/ui/password-field";
import { Submit } from "@/ui/submit";
import { useSignIn } from "./api/sign-in";

const NAMES = { email: "E-mail", password: "Password" };

interface Props {
  challenged: (token: string) => void;
}

// With a second step on the account the shop answers with a challenge.
export function SignInForm({ challenged }: Props) {
  const signIn = useSignIn();
  const mistakes = useMemo(() => {
    const problem = signIn.error ? problemOf(signIn.error) : null;
    if (problem?.code === "mfa_required") {
      return [];
    }
    if (problem?.code === "invalid_credentials") {
      return [
        { field: "email", text: "This e-mail and password don't belong together." },
      ];
    }
    return mistakesOf(problem, NAMES);
  }, [signIn.error]);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    signIn.mutate(
      {
        email: textOf(given, "email"),
        password: passwordOf(given),
      },
      {
        onSuccess: goOn,
        onError: (error) => {
          const { mfa_token: token } = problemOf(error);
          if (token) {
            challenged(token);
          }
        },
      },
    );
  };
  return (
    <form onSubmit={submit} noValidate className="space-y-5">
      <ErrorSummary mistakes={mistakes} title="Not signed in" />
      <Field
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username webauthn"
        required
        error={errorOf(mistakes, "email")}
      />
      <div>
        <PasswordField error={errorOf(mistakes, "password")} />
        <a href="/forgot-password" className="link mt-1.5 inline-block py-1 text-sm">
          Forgot your password?
        </a>
      </div>
      <Submit
        wide
        label="Sign in"
        busy={signIn.isPending || signIn.isSuccess}
      />
    </form>
  );
}
