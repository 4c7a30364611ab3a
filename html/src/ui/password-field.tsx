import { useState } from "react";
import { described, Labelled } from "./field";

export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 128;

interface Props {
  label?: string;
  name?: string;
  fresh?: boolean;
  hint?: string;
  error?: string | undefined;
}

const RULE = `${PASSWORD_MIN} characters or more, and not one of the common ones; a short sentence is good.`;

// A password, known or fresh, that can be looked at while it is typed.
export function PasswordField({
  label = "Password",
  name = "password",
  fresh = false,
  hint: given,
  error,
}: Props) {
  const [shown, setShown] = useState(false);
  const [length, setLength] = useState(0);
  const hint = fresh ? hintOf(length) : given;
  return (
    <Labelled label={label} name={name} error={error} hint={hint}>
      <div className="relative">
        <input
          {...described(name, error, hint)}
          id={name}
          name={name}
          type={shown ? "text" : "password"}
          autoComplete={fresh ? "new-password" : "current-password"}
          autoCapitalize="none"
          spellCheck={false}
          required
          className="field pr-20"
          onInput={
            fresh
              ? (event) => setLength(Array.from(event.currentTarget.value).length)
              : undefined
          }
        />
        <button
          type="button"
          className="link text-muted hover:text-fg absolute inset-y-0 right-0 min-w-16 px-3 text-sm"
          onClick={() => setShown(!shown)}
        >
          {shown ? "Hide" : "Show"}
          <span className="sr-only"> the password</span>
        </button>
      </div>
    </Labelled>
  );
}

function hintOf(length: number): string {
  if (length === 0) {
    return RULE;
  }
  if (length < PASSWORD_MIN) {
    const left = PASSWORD_MIN - length;
    return left === 1 ? "1 character more" : `${left} characters more`;
  }
  return length > PASSWORD_MAX
    ? `At most ${PASSWORD_MAX} characters`
    : "Long enough, if it isn't a common one.";
}
