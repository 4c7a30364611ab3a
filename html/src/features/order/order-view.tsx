import type { ReactNode } from "react";
import { countryName } from "@/lib/countries";
import { problemOf } from "@/lib/api";
import { useLocale } from "@/lib/store-context";
import type { Address, Order } from "@/lib/types";
import { Empty, Failure } from "@/ui/notice";
import { Summary } from "@/ui/summary";
import { useOrder } from "./api/get-order";
import { useLiveOrder } from "./live";
import { OrderHeading } from "./order-heading";
import { OrderLines } from "./order-lines";
import { Progress } from "./progress";
import { Timeline } from "./timeline";

interface Props {
  id: string;
  known: Order | undefined;
  payment: (order: Order) => ReactNode;
}

export function OrderView({ id, known, payment }: Props) {
  const connection = useLiveOrder(id);
  const { data: order, error, refetch } = useOrder(id, known);
  if (!order && error) {
    const problem = problemOf(error);
    if (problem.status === 404 || problem.status === 401) {
      return <Unknown />;
    }
    return (
      <Failure
        title="This order can't be shown right now"
        detail={problem.detail ?? problem.title}
        retry={() => void refetch()}
      />
    );
  }
  if (!order) {
    return <Loading />;
  }
  return (
    <>
      <OrderHeading order={order} connection={connection} />
      <div className="grid gap-8 lg:grid-cols-[1fr_23rem] lg:gap-14">
        <div className="space-y-10">
          {payment(order)}
          {!["cancelled", "refunded", "returned"].includes(order.status) && (
            <Progress status={order.status} />
          )}
          <Timeline order={order} />
        </div>
        <aside aria-label="What you ordered" className="space-y-6">
          <div className="bg-surface rounded-base p-5 sm:p-6">
            <OrderLines order={order} />
            <div className="border-border mt-2 border-t pt-4">
              <Summary totals={totalsOf(order)} />
            </div>
          </div>
          {order.shipping_address && (
            <Delivery address={order.shipping_address} />
          )}
        </aside>
      </div>
    </>
  );
}

function totalsOf(order: Order) {
  const none = { amount: 0, currency: order.total.currency };
  return {
    subtotal: order.subtotal,
    discounts: order.discounts ?? [],
    shipping: order.shipping ?? none,
    tax: order.tax ?? { total: none, included: true, lines: [] },
    total: order.total,
    gift_cards: order.gift_cards ?? [],
    due: order.due ?? order.total,
  };
}

function Delivery({ address }: { address: Address }) {
  const locale = useLocale();
  const lines = [
    address.name,
    address.line1,
    address.line2,
    `${address.postal_code} ${address.city}`,
    countryName(address.country, locale),
  ].filter(Boolean);
  return (
    <section aria-labelledby="delivery" className="px-1">
      <h2 id="delivery" className="mb-2 text-lg">
        Delivery to
      </h2>
      <address className="text-muted not-italic">
        {lines.map((line) => (
          <span key={line} className="block">
            {line}
          </span>
        ))}
      </address>
    </section>
  );
}

function Unknown() {
  return (
    <Empty title="We can't show this order here" picture="key">
      <p>
        It was placed in another browser or with an account. Sign in to see the
        orders of your account.
      </p>
      <a
        href={`/sign-in?next=${encodeURIComponent(location.pathname)}`}
        className="button button-primary"
      >
        Sign in
      </a>
    </Empty>
  );
}

function Loading() {
  return (
    <div aria-busy="true">
      <span role="status" className="sr-only">
        Loading the order
      </span>
      <div className="skeleton mb-8 h-20 max-w-md" />
      <div className="grid gap-8 lg:grid-cols-[1fr_23rem] lg:gap-14">
        <div className="skeleton h-72" />
        <div className="skeleton h-96" />
      </div>
    </div>
  );
}
