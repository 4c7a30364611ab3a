import { useMoney } from "@/lib/store-context";
import type { Order } from "@/lib/types";
import { Picture } from "@/ui/picture";

export function OrderLines({ order }: { order: Pick<Order, "items"> }) {
  const money = useMoney();
  return (
    <ul className="divide-border divide-y">
      {order.items.map((item) => (
        <li
          key={`${item.gift ? "gift" : ""}${item.variant_id}`}
          className="flex items-center gap-4 py-3.5"
        >
          <Picture
            image={item.image && { ...item.image, alt: "" }}
            seed={item.product_id}
            className="w-16 shrink-0"
          />
          <div className="min-w-0 grow">
            <p className="leading-snug font-medium wrap-anywhere">{item.name}</p>
            <p className="text-muted text-sm tabular-nums">
              {item.quantity} × {money(item.unit_price)}
            </p>
          </div>
          <p className="font-semibold whitespace-nowrap tabular-nums">
            {money(item.line_total)}
          </p>
        </li>
      ))}
    </ul>
  );
}
