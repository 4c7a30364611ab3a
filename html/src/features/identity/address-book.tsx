import { useState } from "react";
import { countryName } from "@/lib/countries";
import { useLocale } from "@/lib/store-context";
import { Confirm } from "@/ui/confirm";
import { Loaded } from "@/ui/loaded";
import { AddressDialog } from "./address-dialog";
import { useChangeAddress } from "./api/change-address";
import { useAddresses, type BookAddress } from "./api/list-addresses";
import { useRemoveAddress } from "./api/remove-address";
import { Refusal } from "./refusal";
import { Action } from "./row";

export function AddressBook() {
  const addresses = useAddresses();
  const [adding, setAdding] = useState(false);
  return (
    <>
      <Loaded query={addresses} what="your addresses" rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-muted bg-surface rounded-base p-6">
              There is no address yet. Keep one here, and it is at hand when you
              order.
            </p>
          ) : (
            <ul aria-label="Your addresses" className="grid gap-4 sm:grid-cols-2">
              {items.map((address) => (
                <li key={address.id} className="card flex flex-col p-5">
                  <AddressCard address={address} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <button
        type="button"
        className="button button-primary mt-6"
        onClick={() => setAdding(true)}
      >
        Add an address
      </button>
      {adding && <AddressDialog close={() => setAdding(false)} />}
    </>
  );
}

function AddressCard({ address }: { address: BookAddress }) {
  const change = useChangeAddress();
  const remove = useRemoveAddress();
  const [open, setOpen] = useState<"edit" | "remove" | null>(null);
  const close = () => setOpen(null);
  const of = `the address in ${address.city}`;
  return (
    <>
      <Lines address={address} />
      <div className="mt-auto flex flex-wrap gap-2 pt-4">
        <Action label="Edit" of={of} press={() => setOpen("edit")} />
        <Action danger label="Remove" of={of} press={() => setOpen("remove")} />
        {!address.is_default && (
          <Action
            label="Offer first"
            busy={change.isPending}
            press={() => change.mutate({ id: address.id, is_default: true })}
          />
        )}
      </div>
      {open === "edit" && <AddressDialog known={address} close={close} />}
      {open === "remove" && (
        <Confirm
          title="Remove this address?"
          action="Remove"
          busy={remove.isPending}
          refusal={<Refusal error={remove.error} />}
          confirm={() => remove.mutate(address.id)}
          close={close}
        >
          <p>Orders that go there are not touched.</p>
        </Confirm>
      )}
    </>
  );
}

function Lines({ address }: { address: BookAddress }) {
  const locale = useLocale();
  return (
    <address className="not-italic [overflow-wrap:anywhere]">
      {address.is_default && (
        <span className="text-success mb-1 block text-sm font-semibold">
          Offered first
        </span>
      )}
      {address.is_default_billing && (
        <span className="text-success mb-1 block text-sm font-semibold">
          Billed to
        </span>
      )}
      <span className="block font-semibold">{address.name}</span>
      {[
        address.line1,
        address.line2,
        `${address.postal_code} ${address.city}`,
        address.region,
        countryName(address.country, locale),
        address.phone,
      ]
        .filter(Boolean)
        .map((line) => (
          <span key={line} className="text-muted block">
            {line}
          </span>
        ))}
    </address>
  );
}
