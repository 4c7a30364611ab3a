import { useEffect } from "react";
import { problemOf } from "@/lib/api";
import { Failure } from "@/ui/notice";
import { useLookAtInvitation } from "./api/look-at-invitation";
import { DeadLink } from "./dead-link";
import { InvitationForm } from "./invitation-form";
import { isSpent } from "./spent";

// Whom a link invites is known to the shop only: it is asked first.
export function Invitation({ token }: { token: string }) {
  const look = useLookAtInvitation();
  const { mutate } = look;
  useEffect(() => mutate(token), [mutate, token]);
  if (look.data) {
    return <InvitationForm token={token} invitation={look.data} />;
  }
  if (isSpent(look.error)) {
    return <DeadLink spent href="/" way="To the shop" />;
  }
  if (look.error) {
    const problem = problemOf(look.error);
    return (
      <Failure
        title="Your invitation can't be shown right now"
        detail={problem.detail ?? problem.title}
        retry={() => mutate(token)}
      />
    );
  }
  return (
    <div aria-busy="true" className="space-y-5">
      <span role="status" className="sr-only">
        Loading your invitation
      </span>
      {[1, 2, 3].map((n) => (
        <div key={n} className="skeleton h-18" />
      ))}
    </div>
  );
}
