import { useState } from "react";
import { DeleteAccountDialog } from "./delete-account-dialog";
import { Action, Row, Rows } from "./row";
import { Section } from "./section";

export function DataSection() {
  const [open, setOpen] = useState(false);
  return (
    <Section id="data" title="Your data">
      <Rows>
        <Row
          name="Take it with you"
          about="Profile, addresses, orders and reviews as a JSON file"
        >
          <a
            href="/api/v1/users/me/export"
            download="my-data.json"
            className="button button-plain min-h-11 px-4 py-2 text-[0.9375rem]"
          >
            Download<span className="sr-only"> your data</span>
          </a>
        </Row>
        <Row
          name="Delete the account"
          about="Your name, e-mail and addresses are erased; orders stay, without a name"
        >
          <Action danger label="Delete …" of="the account" press={() => setOpen(true)} />
        </Row>
      </Rows>
      {open && <DeleteAccountDialog close={() => setOpen(false)} />}
    </Section>
  );
}
