import { useState } from "react";
import { Callout } from "@/ui/callout";
import { Loaded } from "@/ui/loaded";
import { useMfa, type Mfa } from "./api/get-mfa";
import { CodesDialog } from "./codes-dialog";
import { RemoveTotpDialog } from "./remove-totp-dialog";
import { Action, Row, Rows } from "./row";
import { Section } from "./section";
import { TotpDialog } from "./totp-dialog";

export function TotpSection() {
  const mfa = useMfa();
  return (
    <Section
      id="totp"
      title="Second step"
      about="After your password you are asked for a code of an app on your phone, such as Aegis, 2FAS or Google Authenticator."
    >
      <Loaded query={mfa} what="the second step">
        {(known) => <Steps mfa={known} />}
      </Loaded>
    </Section>
  );
}

function Steps({ mfa }: { mfa: Mfa }) {
  const [open, setOpen] = useState<"add" | "remove" | "codes" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      {mfa.required && !mfa.totp && (
        <Callout title="Your role needs a second step">
          <p>Please add one now: until then you can't do your work here.</p>
        </Callout>
      )}
      <Rows>
        <Row
          name="Authenticator app"
          about={mfa.totp ? "On" : "Off"}
        >
          {mfa.totp ? (
            <Action danger label="Turn off" of="the authenticator app" press={() => setOpen("remove")} />
          ) : (
            <Action label="Set up" of="an authenticator app" press={() => setOpen("add")} />
          )}
        </Row>
        {mfa.totp && (
          <Row
            name="Recovery codes"
            about={leftOf(mfa.recovery_codes_left)}
          >
            <Action label="Make new ones" press={() => setOpen("codes")} />
          </Row>
        )}
      </Rows>
      {open === "add" && <TotpDialog close={close} />}
      {open === "remove" && <RemoveTotpDialog close={close} />}
      {open === "codes" && <CodesDialog close={close} />}
    </>
  );
}

function leftOf(count: number): string {
  return count === 1 ? "1 is left" : `${count} are left`;
}
