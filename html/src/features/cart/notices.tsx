import type { ReactNode } from "react";
import { problemOf } from "@/lib/api";
import { useMoney } from "@/lib/store-context";
import type { Cart } from "@/lib/types";
import { AlertIcon } from "@/ui/icons";
import { useAcceptPrices } from "./api/accept-prices";
import { useRemoveItem } from "./api/remove-item";

type Notice = Cart["notices"][number];

// What happened to the cart meanwhile: other prices, and lines that are not for
// sale any more, which an order would be refused for.
export function Notices({ cart }: { cart: Cart }) {
  const gone = cart.notices.filter((notice) => notice.now === null);
  const changed = cart.notices.filter((notice) => notice.now !== null);
  return (
    <div role="status" className="mb-4 space-y-4 empty:hidden">
      {gone.map((notice) => (
        <Gone key={notice.item_id} notice={notice} />
      ))}
      {changed.length > 0 && <Changed cart={cart} notices={changed} />}
    </div>
  );
}

function Gone({ notice }: { notice: Notice }) {
  const remove = useRemoveItem();
  const name = notice.name ?? "Something in your cart";
  return (
    <Box error={remove.error}>
      <p className="grow">
        <strong>{name}</strong> can&rsquo;t be bought any more.
      </p>
      <button
        type="button"
        className="link min-h-11 px-1 text-sm"
        disabled={remove.isPending}
        onClick={() => remove.mutate(notice.item_id)}
      >
        Remove<span className="sr-only"> {name}</span>
      </button>
    </Box>
  );
}

function Changed({ cart, notices }: { cart: Cart; notices: Notice[] }) {
  const money = useMoney();
  const accept = useAcceptPrices();
  const names = new Map(cart.items.map((item) => [item.item_id, item.name]));
  return (
    <Box error={accept.error}>
      <ul className="grow space-y-1">
        {notices.map(({ item_id, was, now }) => (
          <li key={item_id}>
            <strong>{names.get(item_id)}</strong> now costs{" "}
            {now && money(now)}
            {was && ` instead of ${money(was)}`}.
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="link min-h-11 px-1 text-sm"
        disabled={accept.isPending}
        onClick={() => accept.mutate()}
      >
        All right
      </button>
    </Box>
  );
}

function Box({ error, children }: { error: unknown; children: ReactNode }) {
  return (
    <div className="bg-surface rounded-base px-4 py-3">
      <div className="flex items-start gap-3">
        <AlertIcon className="mt-2.5 size-5 shrink-0" />
        <div className="flex min-w-0 grow flex-wrap items-center gap-x-4 pt-2 wrap-anywhere">
          {children}
        </div>
      </div>
      {error != null && (
        <p role="alert" className="text-danger text-sm font-medium">
          {problemOf(error).detail ?? problemOf(error).title}
        </p>
      )}
    </div>
  );
}
