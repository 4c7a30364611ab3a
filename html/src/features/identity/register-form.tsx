import { useMemo, type SubmitEvent } from "react";
import { problemOf } from "@/lib/api";
import { passwordOf, textOf } from "@/lib/form";
import { goOn } from "@/lib/go-on";
import { errorOf, mistakesOf } from "@/lib/mistakes";
import { ErrorSummary } from "@/ui/error-summary";
import { Field } from "@/ui/field";
import { PasswordField } from "@/ui/password-field";
import { Submit } from "@/ui/submit";
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
      { onSuccess: goOn },
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
      <PasswordField fresh error={errorOf(mistakes, "password")} />
      <Submit
        wide
        label="Create the account"
        busy={register.isPending || register.isSuccess}
      />
    </form>
  );
}
