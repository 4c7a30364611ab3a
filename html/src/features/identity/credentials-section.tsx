import { useState } from "react";
import type { User } from "@/lib/types";
import { ChangeEmailDialog } from "./change-email-dialog";
import { ChangePasswordDialog } from "./change-password-dialog";
import { Action, Row, Rows } from "./row";
import { Section } from "./section";

export function CredentialsSection({ user }: { user: User }) {
  const [open, setOpen] = useState<"email" | "password" | null>(null);
  const close = () => setOpen(null);
  return (
    <Section id="credentials" title="E-mail and password">
      <Rows>
        <Row
          name={user.email}
          about={user.email_verified ? "Confirmed" : "Not confirmed yet"}
        >
          <Action label="Change" of="the e-mail" press={() => setOpen("email")} />
        </Row>
        <Row name="Password" about="Other devices are signed out when it changes">
          <Action label="Change" of="the password" press={() => setOpen("password")} />
        </Row>
      </Rows>
      {open === "email" && <ChangeEmailDialog close={close} />}
      {open === "password" && <ChangePasswordDialog close={close} />}
    </Section>
  );
}
