import { useMemo, type SubmitEvent } from "react";
import { problemOf } from "@/lib/api";
import { errorOf, mistakesOf } from "@/lib/mistakes";
import { passwordOf, textOf } from "@/lib/form";
import { nextAddress } from "@/lib/next";
import { ErrorSummary } from "@/ui/error-summary";
import { Field } from "@/ui/field";
import { useRegister } from "./api/register";

const NAMES = { email: "E-mail", password: "Password", name: "Name" };

export function RegisterForm() {
  const register = useRegister();
  const mistakes = useMemo(() => {
    const problem = register.error ? problemOf(register.error) : null;
    if (problem?.code === "email_taken") {
      return [
        { field: "email", text: "There is an account with this e-mail already." },
      ];
    }
    return mistakesOf(problem, NAMES);
  }, [register.error]);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    register.mutate(
      {
        email: textOf(given, "email"),
        password: passwordOf(given),
        name: textOf(given, "name"),
      },
      {
        onSuccess: () =>
          location.assign(nextAddress(location.search, "/account")),
      },
    );
  };
  return (
    <form onSubmit={submit} noValidate className="space-y-5">
      <ErrorSummary mistakes={mistakes} />
      <Field
        label="Name"
        name="name"
        autoComplete="name"
        required
        error={errorOf(mistakes, "name")}
      />
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
        autoComplete="new-password"
        hint="At least 10 characters; a short sentence is a good one."
        minLength={10}
        required
        error={errorOf(mistakes, "password")}
      />
      <button
        type="submit"
        className="button button-primary w-full"
        disabled={register.isPending || register.isSuccess}
      >
        {register.isPending || register.isSuccess
          ? "One moment …"
          : "Create the account"}
      </button>
    </form>
  );
}
