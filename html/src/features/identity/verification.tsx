import { useEffect } from "react";
import { problemOf } from "@/lib/api";
import { usePage } from "@/lib/store-context";
import { Callout } from "@/ui/callout";
import { SendAgain } from "./send-again";
import { useVerifyEmail } from "./api/verify-email";
import { isSpent } from "./spent";

// The link itself was the answer: nothing is left to press.
export function Verification({ token }: { token: string }) {
  const { user } = usePage();
  const verify = useVerifyEmail();
  const { mutate } = verify;
  useEffect(() => mutate(token), [mutate, token]);
  if (verify.isSuccess) {
    return (
      <div role="status">
        <Callout tone="good" title="Your e-mail is confirmed">
          <p>Thank you. Nothing else is needed.</p>
        </Callout>
        <a
          href={user ? "/account" : "/sign-in"}
          className="button button-primary w-full"
        >
          {user ? "To your account" : "Sign in"}
        </a>
      </div>
    );
  }
  if (verify.error) {
    const problem = problemOf(verify.error);
    return (
      <div role="alert">
        <Callout title="Your e-mail isn't confirmed">
          <p>
            {isSpent(verify.error)
              ? "The link was used already, or is too old."
              : (problem.detail ?? problem.title)}
          </p>
        </Callout>
        {user ? (
          <SendAgain />
        ) : (
          <a href="/sign-in?next=/account" className="button button-primary w-full">
            Sign in for a new link
          </a>
        )}
      </div>
    );
  }
  return (
    <div aria-busy="true">
      <span role="status" className="sr-only">
        Confirming your e-mail
      </span>
      <div className="skeleton h-28" />
    </div>
  );
}
