import { useEffect, useRef } from "react";
import { problemOf } from "@/lib/api";
import { goOn } from "@/lib/go-on";
import { canAutofill, canPasskey, wasCalledOff } from "@/lib/passkey";
import { KeyIcon } from "@/ui/icons";
import { signInPasskey, useSignInPasskey } from "./api/sign-in-passkey";

// Waits behind the field of the e-mail until one of its passkeys is chosen.
async function autofill(signal: AbortSignal): Promise<void> {
  try {
    if (
      (await canAutofill()) &&
      (await signInPasskey({ mediation: "conditional", signal }))
    ) {
      goOn();
    }
  } catch {
    // nobody asked for it: the button says what is wrong
  }
}

export function PasskeySignIn() {
  const waiting = useRef<AbortController | null>(null);
  const signIn = useSignInPasskey();
  useEffect(() => {
    const controller = new AbortController();
    waiting.current = controller;
    void autofill(controller.signal);
    return () => controller.abort();
  }, []);
  if (!canPasskey()) {
    return null;
  }
  const press = () => {
    // a browser has one such question open at a time
    waiting.current?.abort();
    signIn.mutate({}, { onSuccess: (answer) => answer && goOn() });
  };
  return (
    <div>
      <button
        type="button"
        className="button button-plain w-full"
        disabled={signIn.isPending}
        onClick={press}
      >
        <KeyIcon className="size-5" />
        Sign in with a passkey
      </button>
      <p role="status" className="text-danger mt-2 text-sm font-medium">
        {signIn.error && sentenceOf(signIn.error)}
      </p>
    </div>
  );
}

function sentenceOf(error: Error): string {
  if (wasCalledOff(error)) {
    return "No passkey was used. You can try again, or sign in with your password.";
  }
  const problem = problemOf(error);
  return problem.status === 401
    ? "This passkey is not known here any more."
    : (problem.detail ?? problem.title);
}
