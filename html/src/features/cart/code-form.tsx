import { useState, type SubmitEvent } from "react";
import { problemOf } from "@/lib/api";
import { described, Labelled } from "@/ui/field";

interface Props {
  name: string;
  label: string;
  add: {
    mutateAsync: (code: string) => Promise<unknown>;
    isPending: boolean;
    isSuccess: boolean;
    error: Error | null;
  };
}

const EMPTY = "Enter a code.";

export function CodeForm({ name, label, add }: Props) {
  const [code, setCode] = useState("");
  const [empty, setEmpty] = useState(false);
  const error = empty ? EMPTY : refusalOf(add.error);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const given = code.trim();
    setEmpty(given === "");
    if (given !== "" && !add.isPending) {
      // a refusal is shown from add.error
      void add.mutateAsync(given).then(
        () => setCode(""),
        () => undefined,
      );
    }
  };
  return (
    <form onSubmit={submit} noValidate>
      <Labelled label={label} name={name}>
        <div className="flex gap-2">
          <input
            {...described(name, error)}
            id={name}
            name={name}
            className="field min-w-0 grow"
            value={code}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={100}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <button
            type="submit"
            className="button button-plain shrink-0"
            aria-disabled={add.isPending}
          >
            Apply<span className="sr-only"> the {label.toLowerCase()}</span>
          </button>
        </div>
      </Labelled>
      <div role="status">
        {error && (
          <p id={`${name}-error`} className="text-danger mt-1.5 text-sm font-medium">
            {error}
          </p>
        )}
        {!error && add.isSuccess && code === "" && (
          <p className="sr-only">It was added to your cart.</p>
        )}
      </div>
    </form>
  );
}

function refusalOf(error: Error | null): string | undefined {
  if (!error) {
    return undefined;
  }
  const problem = problemOf(error);
  return problem.status === 422 && problem.code === "invalid_input"
    ? "This is no such code."
    : (problem.detail ?? problem.title);
}
