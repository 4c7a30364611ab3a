import { useState, type SubmitEvent } from "react";
import { textOf } from "@/lib/form";
import { goOn } from "@/lib/go-on";
import { errorOf } from "@/lib/mistakes";
import { useFocus } from "@/lib/use-focus";
import { useMistakes } from "@/lib/use-mistakes";
import { ErrorSummary } from "@/ui/error-summary";
import { Field } from "@/ui/field";
import { Submit } from "@/ui/submit";
import { useAnswerMfa } from "./api/answer-mfa";
import { CodeField } from "./code-field";
import { WRONG_CODE } from "./wrong-code";

const NAMES = { code: "Code" };

const KNOWN = {
  ...WRONG_CODE,
  invalid_token: {
    text: "That took too long. Start again with your password.",
  },
};

interface Props {
  token: string;
  back: () => void;
}

export function MfaForm({ token, back }: Props) {
  const [recovery, setRecovery] = useState(false);
  const answer = useAnswerMfa();
  const mistakes = useMistakes(answer.error, NAMES, KNOWN);
  useFocus("code", recovery);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = textOf(new FormData(event.currentTarget), "code");
    answer.mutate({ mfa_token: token, code }, { onSuccess: goOn });
  };
  return (
    <form onSubmit={submit} noValidate className="space-y-5">
      <ErrorSummary mistakes={mistakes} title="Not signed in" />
      {recovery ? (
        <Field
          key="recovery"
          label="Recovery code"
          name="code"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          hint="One of those you kept. It works once."
          required
          error={errorOf(mistakes, "code")}
        />
      ) : (
        <CodeField error={errorOf(mistakes, "code")} />
      )}
      <Submit
        wide
        label="Continue"
        busy={answer.isPending || answer.isSuccess}
      />
      <div className="flex flex-wrap justify-between gap-x-6 gap-y-2 text-sm">
        <button
          type="button"
          className="link py-1"
          onClick={() => {
            answer.reset();
            setRecovery(!recovery);
          }}
        >
          {recovery ? "Use the code of your app" : "Use a recovery code"}
        </button>
        <button type="button" className="link py-1" onClick={back}>
          Start again
        </button>
      </div>
    </form>
  );
}
