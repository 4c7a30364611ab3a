import { useState } from "react";
import { Narrow } from "@/app/narrow";
import { start } from "@/app/start";
import { MfaForm } from "@/features/identity/mfa-form";
import { PasskeySignIn } from "@/features/identity/passkey-sign-in";
import { ProviderButtons } from "@/features/identity/provider-buttons";
import { SignInForm } from "@/features/identity/sign-in-form";
import { refusalOf } from "@/features/identity/sign-in-refusal";
import { takeToken } from "@/lib/fragment";
import { nextAddress } from "@/lib/next";
import { readPage } from "@/lib/page";
import { Callout } from "@/ui/callout";

const refused = refusalOf(location.search);
// an outside sign-in to an account that has a second step
const carried = takeToken("mfa_token");

function SignIn() {
  const [token, setToken] = useState<string | null>(carried || null);
  if (token !== null) {
    return (
      <Narrow title="One more step">
        <MfaForm token={token} back={() => setToken(null)} />
      </Narrow>
    );
  }
  return (
    <Narrow title="Sign in">
      {refused && <Callout title={refused} />}
      <SignInForm challenged={setToken} />
      <p className="text-muted my-6 flex items-center gap-4 text-sm before:h-px before:grow before:bg-border after:h-px after:grow after:bg-border">
        or
      </p>
      <div className="space-y-3">
        <PasskeySignIn />
        <ProviderButtons
          verb="Sign in with"
          next={nextAddress(location.search, "/account")}
        />
      </div>
      <p className="text-muted mt-6">
        New here?{" "}
        <a href={`/register${location.search}`} className="link text-fg">
          Create an account
        </a>
      </p>
    </Narrow>
  );
}

start(readPage(), <SignIn />);
