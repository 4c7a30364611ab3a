import { problemOf } from "@/lib/api";
import { formatDate } from "@/lib/dates";
import { useLocale, useMoney } from "@/lib/store-context";
import type { Order } from "@/lib/types";
import { Picture } from "@/ui/picture";
import { Failure } from "@/ui/notice";
import { useOrders } from "./api/list-orders";
import { statusName } from "./status";

export function OrderList() {
  const orders = useOrders();
  if (orders.isError) {
    const problem = problemOf(orders.error);
    return (
      <Failure
        title="Your orders can't be shown right now"
        detail={problem.detail ?? problem.title}
        retry={() => void orders.refetch()}
      />
    );
  }
  if (!orders.data) {
    return (
      <div aria-busy="true" className="space-y-3">
        <span role="status" className="sr-only">
          Loading your orders
        </span>
        {[1, 2, 3].map((n) => (
          <div key={n} className="skeleton h-24" />
        ))}
      </div>
    );
  }
  if (orders.data.items.length === 0) {
    return (
      <p className="text-muted bg-surface rounded-base p-6">
        You haven't ordered anything yet.
      </p>
    );
  }
  return (
    <ul className="space-y-3">
      {orders.data.items.map((order) => (
        <li key={order.id}>
          <Row order={order} />
        </li>
      ))}
    </ul>
  );
}

function Row({ order }: { order: Order }) {
  const money = useMoney();
  const locale = useLocale();
  return (
    <a
      href={`/orders/${order.id}`}
      className="card hover:border-fg flex flex-wrap items-center gap-x-5 gap-y-3 p-4 transition-colors"
    >
      <span className="flex -space-x-4">
        {order.items.slice(0, 3).map((item) => (
          <Picture
            key={item.variant_id}
            image={item.image && { ...item.image, alt: "" }}
            seed={item.product_id}
            className="ring-raised w-14 ring-3"
          />
        ))}
      </span>
      <span className="min-w-40 grow">
        <span className="block font-semibold">{statusName(order.status)}</span>
        <span className="text-muted block text-sm">
          {order.number} · {formatDate(order.created_at, locale)}
        </span>
      </span>
      <span className="font-semibold tabular-nums">{money(order.total)}</span>
    </a>
  );
}
