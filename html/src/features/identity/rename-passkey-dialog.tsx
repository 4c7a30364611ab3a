import type { SubmitEvent } from "react";
import { textOf } from "@/lib/form";
import { errorOf } from "@/lib/mistakes";
import { useMistakes } from "@/lib/use-mistakes";
import { Dialog } from "@/ui/dialog";
import { ErrorSummary } from "@/ui/error-summary";
import { Field } from "@/ui/field";
import { Submit } from "@/ui/submit";
import type { Passkey } from "./api/list-passkeys";
import { useRenamePasskey } from "./api/rename-passkey";

const NAMES = { name: "Name" };
const KNOWN = {};

interface Props {
  passkey: Passkey;
  close: () => void;
}

export function RenamePasskeyDialog({ passkey, close }: Props) {
  const rename = useRenamePasskey();
  const mistakes = useMistakes(rename.error, NAMES, KNOWN);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = textOf(new FormData(event.currentTarget), "name");
    rename.mutate({ id: passkey.id, name }, { onSuccess: close });
  };
  return (
    <Dialog title="Rename the passkey" close={close}>
      <form onSubmit={submit} noValidate className="space-y-5">
        <ErrorSummary mistakes={mistakes} />
        <Field
          label="Name"
          name="name"
          defaultValue={passkey.name}
          maxLength={100}
          autoComplete="off"
          required
          error={errorOf(mistakes, "name")}
        />
        <Submit wide label="Save" busy={rename.isPending} />
      </form>
    </Dialog>
  );
}
