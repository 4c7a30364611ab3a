import { useShippingOptions } from "@/features/shipping/api/get-shipping-options";
import { useMoney } from "@/lib/store-context";
import type { Cart } from "@/lib/types";
import { Picture } from "@/ui/picture";
import { Summary } from "@/ui/summary";
import type { Draft } from "./draft";
import { totalWith } from "./totals";

interface Props {
  cart: Cart | undefined;
  method: Draft | null;
}

// Folded on a phone: the total is in its heading.
export function CheckoutSummary({ cart, method }: Props) {
  const money = useMoney();
  const options = useShippingOptions(
    method?.country ?? "",
    method?.postal_code.trim() ?? "",
    method !== null,
  );
  if (!cart) {
    return <div aria-busy="true" className="skeleton h-16 lg:h-96" />;
  }
  const chosen = options.data?.items.find(
    ({ code }) => code === method?.method,
  );
  const shown = totalWith(cart, chosen);
  const content = (
    <>
      <ul className="space-y-3.5 py-4">
        {cart.items.map((item) => (
          <li
            key={`${item.gift ? "gift" : ""}${item.item_id}`}
            className="flex items-center gap-3.5"
          >
            <Picture
              image={item.image && { ...item.image, alt: "" }}
              seed={item.product_id}
              className="w-14 shrink-0"
            />
            <span className="min-w-0 grow text-[0.9375rem] leading-snug wrap-anywhere">
              {item.name}
              <span className="text-muted block text-sm">× {item.quantity}</span>
            </span>
            <span className="text-[0.9375rem] whitespace-nowrap tabular-nums">
              {money(item.line_total)}
            </span>
          </li>
        ))}
      </ul>
      <div className="border-border border-t pt-4">
        <Summary totals={shown} />
      </div>
    </>
  );
  return (
    <>
      <details className="bg-surface rounded-base px-5 lg:hidden">
        <summary className="flex min-h-14 items-center justify-between font-medium">
          <span>Your order</span>
          <span className="font-semibold tabular-nums">{money(shown.due)}</span>
        </summary>
        <div className="pb-5">{content}</div>
      </details>
      <aside
        aria-label="Your order"
        className="bg-surface rounded-base hidden p-6 lg:sticky lg:top-6 lg:block"
      >
        <h2 className="text-xl">Your order</h2>
        {content}
      </aside>
    </>
  );
}
