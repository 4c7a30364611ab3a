import type { User } from "@/lib/types";
import { Callout } from "@/ui/callout";
import { SendAgain } from "./send-again";

export function UnverifiedHint({ user }: { user: User }) {
  if (user.email_verified) {
    return null;
  }
  return (
    <Callout title="Please confirm your e-mail">
      <p>
        We sent a link to <span className="text-fg">{user.email}</span>. With it
        you can get back into your account whatever happens.
      </p>
      <SendAgain />
    </Callout>
  );
}
