import { usePage } from "@/lib/store-context";
import type { Order } from "@/lib/types";
import type { Connection } from "./live";
import { statusName } from "./status";

interface Props {
  order: Order;
  connection: Connection;
}

const THANKS = ["paid", "processing", "shipped", "delivered"];

export function OrderHeading({ order, connection }: Props) {
  const { user } = usePage();
  const thanks = THANKS.includes(order.status);
  return (
    <header className="mb-8">
      <p className="text-muted mb-2 flex flex-wrap items-center gap-x-3 text-sm">
        <span>Order {order.number}</span>
        <Live connection={connection} />
      </p>
      <h1 className="text-3xl sm:text-4xl" role="status">
        <span data-testid="status">{statusName(order.status)}</span>
        {thanks && ". Thank you!"}
      </h1>
      {order.email && !user && (
        <p className="text-muted mt-3">
          We write to {order.email} whenever something changes.
        </p>
      )}
    </header>
  );
}

function Live({ connection }: { connection: Connection }) {
  if (connection === "lost") {
    return <span>Connecting again …</span>;
  }
  return (
    <span className="inline-flex items-center gap-1.5">
      <span
        aria-hidden="true"
        className={`size-2 rounded-full ${connection === "live" ? "bg-success" : "bg-control"}`}
      />
      {connection === "live" ? "Live" : "Connecting"}
    </span>
  );
}
