import { Dialog } from "@/ui/dialog";
import type { AddressInput } from "./address";
import { AddressForm } from "./address-form";
import { useAddAddress } from "./api/add-address";
import { useChangeAddress } from "./api/change-address";
import type { BookAddress } from "./api/list-addresses";

interface Props {
  known?: BookAddress;
  close: () => void;
}

export function AddressDialog({ known, close }: Props) {
  const add = useAddAddress();
  const change = useChangeAddress();
  const save = (address: AddressInput) => {
    if (known) {
      change.mutate({ id: known.id, ...address }, { onSuccess: close });
    } else {
      add.mutate(address, { onSuccess: close });
    }
  };
  return (
    <Dialog title={known ? "Edit the address" : "Add an address"} close={close}>
      <AddressForm
        known={known}
        busy={add.isPending || change.isPending}
        error={add.error ?? change.error}
        save={save}
      />
    </Dialog>
  );
}
