import { Field } from "@/ui/field";

interface Props {
  error?: string | undefined;
}

// The six figures of an authenticator app.
export function CodeField({ error }: Props) {
  return (
    <Field
      label="Code of your authenticator app"
      name="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      required
      error={error}
    />
  );
}
