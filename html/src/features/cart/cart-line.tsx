import { problemOf } from "@/lib/api";
import { useMoney } from "@/lib/store-context";
import type { CartItem } from "@/lib/types";
import { Picture } from "@/ui/picture";
import { Stepper } from "@/ui/stepper";
import { useChangeQuantity } from "./api/change-quantity";
import { useRemoveItem } from "./api/remove-item";

export function CartLine({ item }: { item: CartItem }) {
  const money = useMoney();
  const change = useChangeQuantity();
  const remove = useRemoveItem();
  const busy = change.isPending || remove.isPending;
  const error = change.error ?? remove.error;
  const short = item.available < item.quantity;
  return (
    <li className="flex gap-4 py-5 sm:gap-6" aria-busy={busy}>
      <a
        href={`/products/${item.product_id}`}
        tabIndex={-1}
        aria-hidden="true"
        className="w-24 shrink-0 sm:w-32"
      >
        <Picture image={item.image} seed={item.product_id} />
      </a>
      <div className="flex min-w-0 grow flex-col">
        <div className="flex items-start justify-between gap-3">
          <div className="min-w-0">
            <h2 className="font-body text-base leading-snug font-semibold tracking-normal wrap-anywhere">
              <a
                href={`/products/${item.product_id}`}
                className="inline-block py-0.5 hover:underline"
              >
                {item.name}
              </a>
            </h2>
            <p className="text-muted text-sm">{describe(item)}</p>
          </div>
          <p className="font-semibold whitespace-nowrap tabular-nums">
            {money(item.line_total)}
          </p>
        </div>
        {short && (
          <p className="text-danger mt-2 text-sm font-medium">
            {item.available === 0
              ? "Sold out meanwhile"
              : `Only ${item.available} left`}
          </p>
        )}
        {error && (
          <p role="alert" className="text-danger mt-2 text-sm font-medium">
            {problemOf(error).detail ?? problemOf(error).title}
          </p>
        )}
        {item.gift ? (
          <p className="text-muted mt-auto pt-3 text-sm">A gift for you</p>
        ) : (
          <div className="mt-auto flex flex-wrap items-center justify-between gap-x-4 gap-y-2 pt-3">
            <Stepper
              value={item.quantity}
              max={Math.max(item.available, 1)}
              label={`Quantity of ${item.name}`}
              busy={busy}
              change={(quantity) =>
                change.mutate({ itemId: item.item_id, quantity })
              }
            />
            <button
              type="button"
              className="link text-muted hover:text-fg min-h-11 px-1 text-sm"
              disabled={busy}
              onClick={() => remove.mutate(item.item_id)}
            >
              Remove<span className="sr-only"> {item.name}</span>
            </button>
          </div>
        )}
      </div>
    </li>
  );
}

function describe(item: CartItem): string {
  const chosen = Object.values(item.options).join(", ");
  return chosen || item.sku;
}
