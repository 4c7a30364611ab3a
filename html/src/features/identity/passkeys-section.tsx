import { useState } from "react";
import { formatDate } from "@/lib/dates";
import { deviceName } from "@/lib/device";
import { canPasskey, isKnownAlready, wasCalledOff } from "@/lib/passkey";
import { useLocale } from "@/lib/store-context";
import { Confirm } from "@/ui/confirm";
import { KeyIcon } from "@/ui/icons";
import { Loaded } from "@/ui/loaded";
import { useAddPasskey } from "./api/add-passkey";
import { usePasskeys, type Passkey } from "./api/list-passkeys";
import { useRemovePasskey } from "./api/remove-passkey";
import { RenamePasskeyDialog } from "./rename-passkey-dialog";
import { Refusal } from "./refusal";
import { Action, Row, Rows } from "./row";
import { Section } from "./section";

export function PasskeysSection() {
  const passkeys = usePasskeys();
  return (
    <Section
      id="passkeys"
      title="Passkeys"
      about="Sign in with your fingerprint, your face or the PIN of your device: no password to type, none to lose."
    >
      <Loaded query={passkeys} what="your passkeys">
        {({ items }) => (
          <>
            {items.length > 0 && (
              <Rows>
                {items.map((passkey) => (
                  <PasskeyRow key={passkey.id} passkey={passkey} />
                ))}
              </Rows>
            )}
            <AddPasskey />
          </>
        )}
      </Loaded>
    </Section>
  );
}

function AddPasskey() {
  const add = useAddPasskey();
  if (!canPasskey()) {
    return <p className="text-muted mt-3">This browser can't make passkeys.</p>;
  }
  return (
    <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
      <Action
        label="Add a passkey"
        busy={add.isPending}
        press={() => add.mutate(deviceName(navigator.userAgent))}
      />
      <p role="status" className="text-sm font-medium">
        {add.error && sentenceOf(add.error)}
        {add.data && "Added. You can sign in with it from now on."}
      </p>
      {!sentenceOf(add.error) && <Refusal error={add.error} />}
    </div>
  );
}

// What is no refusal of the shop's.
function sentenceOf(error: Error | null): string | null {
  if (isKnownAlready(error)) {
    return "This device has a passkey for your account already.";
  }
  return wasCalledOff(error) ? "No passkey was made." : null;
}

function PasskeyRow({ passkey }: { passkey: Passkey }) {
  const locale = useLocale();
  const remove = useRemovePasskey();
  const [open, setOpen] = useState<"rename" | "remove" | null>(null);
  const close = () => setOpen(null);
  const used = passkey.used_at
    ? `last used ${formatDate(passkey.used_at, locale)}`
    : "not used yet";
  return (
    <Row
      icon={<KeyIcon />}
      name={passkey.name}
      about={`Added ${formatDate(passkey.created_at, locale)} · ${used}`}
    >
      <Action label="Rename" of={passkey.name} press={() => setOpen("rename")} />
      <Action danger label="Remove" of={passkey.name} press={() => setOpen("remove")} />
      {open === "rename" && <RenamePasskeyDialog passkey={passkey} close={close} />}
      {open === "remove" && (
        <Confirm
          title={`Remove “${passkey.name}”?`}
          action="Remove"
          busy={remove.isPending}
          refusal={<Refusal error={remove.error} />}
          confirm={() => remove.mutate(passkey.id)}
          close={close}
        >
          <p>
            You can't sign in with it any more. Delete it on the device too, or
            it will still be offered there.
          </p>
        </Confirm>
      )}
    </Row>
  );
}
