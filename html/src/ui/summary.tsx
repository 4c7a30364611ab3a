import { useMoney } from "@/lib/store-context";
import type { Totals } from "@/lib/types";

// Totals of a cart or an order, delivered: nothing comes as a surprise later.
export function Summary({ totals }: { totals: Totals }) {
  const money = useMoney();
  const tax = totals.tax;
  const paying = totals.gift_cards.filter(({ amount }) => amount.amount > 0);
  return (
    <dl className="space-y-2.5">
      <Line name="Subtotal" value={money(totals.subtotal)} />
      {totals.discounts.map((discount) => (
        <Line
          key={`${discount.promotion_id ?? ""} ${discount.code ?? discount.name}`}
          name={discount.name}
          value={`−${money(discount.amount)}`}
        />
      ))}
      <Line
        name="Delivery"
        value={totals.shipping.amount === 0 ? "Free" : money(totals.shipping)}
      />
      {!tax.included && <Line name="Tax" value={money(tax.total)} />}
      <div className="border-border flex items-baseline justify-between border-t pt-3.5 text-lg font-semibold">
        <dt>Total</dt>
        <dd className="tabular-nums">{money(totals.total)}</dd>
      </div>
      {tax.included && tax.total.amount > 0 && (
        <div className="text-muted flex justify-between text-sm">
          <dt>Tax included</dt>
          <dd className="tabular-nums">{money(tax.total)}</dd>
        </div>
      )}
      {paying.map((card) => (
        <Line
          key={card.id}
          name={card.hint ? `Gift card …${card.hint}` : "Gift card"}
          value={`−${money(card.amount)}`}
        />
      ))}
      {paying.length > 0 && (
        <div className="flex items-baseline justify-between font-semibold">
          <dt>After gift cards</dt>
          <dd className="tabular-nums">{money(totals.due)}</dd>
        </div>
      )}
    </dl>
  );
}

function Line({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex items-baseline justify-between gap-4">
      <dt className="text-muted min-w-0 wrap-anywhere">{name}</dt>
      <dd className="whitespace-nowrap tabular-nums">{value}</dd>
    </div>
  );
}
