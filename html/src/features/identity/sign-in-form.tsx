import { useMemo, type SubmitEvent } from "react";
import { problemOf } from "@/lib/api";
import { errorOf, mistakesOf } from "@/lib/mistakes";
import { passwordOf, textOf } from "@/lib/form";
import { nextAddress } from "@/lib/next";
import { ErrorSummary } from "@/ui/error-summary";
import { Field } from "@/ui/field";
import { useSignIn } from "./api/sign-in";

const NAMES = { email: "E-mail", password: "Password" };

export function SignInForm() {
  const signIn = useSignIn();
  const mistakes = useMemo(() => {
    const problem = signIn.error ? problemOf(signIn.error) : null;
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
        onSuccess: () =>
          location.assign(nextAddress(location.search, "/account")),
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
        autoComplete="username"
        required
        error={errorOf(mistakes, "email")}
      />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        required
        error={errorOf(mistakes, "password")}
      />
      <button
        type="submit"
        className="button button-primary w-full"
        disabled={signIn.isPending || signIn.isSuccess}
      >
        {signIn.isPending || signIn.isSuccess ? "Signing in …" : "Sign in"}
      </button>
    </form>
  );
}
