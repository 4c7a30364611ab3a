import type { SubmitEvent } from "react";
import { textOf } from "@/lib/form";
import { errorOf } from "@/lib/mistakes";
import { useMistakes } from "@/lib/use-mistakes";
import { ErrorSummary } from "@/ui/error-summary";
import { Submit } from "@/ui/submit";
import { CodeField } from "./code-field";
import { WRONG_CODE } from "./wrong-code";

const NAMES = { code: "Code" };

interface Props {
  label: string;
  busy: boolean;
  error: Error | null;
  send: (code: string) => void;
}

// What asks for a code before it is done.
export function CodeForm({ label, busy, error, send }: Props) {
  const mistakes = useMistakes(error, NAMES, WRONG_CODE);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    send(textOf(new FormData(event.currentTarget), "code"));
  };
  return (
    <form onSubmit={submit} noValidate className="space-y-5">
      <ErrorSummary mistakes={mistakes} />
      <CodeField error={errorOf(mistakes, "code")} />
      <Submit wide label={label} busy={busy} />
    </form>
  );
}
