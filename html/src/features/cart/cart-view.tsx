import { problemOf } from "@/lib/api";
import { usePage } from "@/lib/store-context";
import type { Cart } from "@/lib/types";
import { LockIcon, TruckIcon } from "@/ui/icons";
import { Empty, Failure } from "@/ui/notice";
import { Summary } from "@/ui/summary";
import { useCart } from "./api/get-cart";
import { CartLine } from "./cart-line";
import { Codes } from "./codes";
import { countOf } from "./count";
import { refuses } from "./coupon-reason";
import { Destination } from "./destination";
import { Notices } from "./notices";

export function CartView() {
  const page = usePage();
  const cart = useCart(page.cart);
  if (!page.cart || cart.data?.items.length === 0) {
    return (
      <>
        {cart.data && <Notices cart={cart.data} />}
        <Empty title="Your cart is empty" picture="shopping-bags">
          <p>Things you like will wait for you here.</p>
          <a href="/" className="button button-primary">
            Look around
          </a>
        </Empty>
      </>
    );
  }
  if (cart.isError) {
    const problem = problemOf(cart.error);
    return (
      <Failure
        title="Your cart can't be shown right now"
        detail={problem.detail ?? problem.title}
        retry={() => void cart.refetch()}
      />
    );
  }
  return cart.data ? <Filled cart={cart.data} /> : <Loading />;
}

function Filled({ cart }: { cart: Cart }) {
  const { store } = usePage();
  const short =
    cart.items.some((item) => item.available < item.quantity) ||
    cart.notices.some((notice) => notice.now === null);
  const spent = cart.coupons.some((coupon) => refuses(coupon.reason));
  return (
    <div className="grid gap-8 lg:grid-cols-[1fr_23rem] lg:gap-14">
      <section aria-label="Items">
        <Notices cart={cart} />
        <p className="text-muted" role="status">
          {countOf(cart) === 1 ? "1 piece" : `${countOf(cart)} pieces`}
        </p>
        <ul className="divide-border border-border mt-3 divide-y border-y">
          {cart.items.map((item) => (
            <CartLine
              key={`${item.gift ? "gift" : ""}${item.item_id}`}
              item={item}
            />
          ))}
        </ul>
      </section>
      <aside aria-label="Order summary" className="lg:sticky lg:top-36 lg:self-start">
        <div className="bg-surface rounded-base p-5 sm:p-6">
          <h2 className="mb-4 text-xl">Summary</h2>
          <Destination country={cart.country || (store.countries[0] ?? "")} />
          <Summary totals={cart} />
          <Codes cart={cart} />
          {short || spent ? (
            <p className="text-danger mt-5 text-sm font-medium">
              {short
                ? "Some things are no longer there, or not in this number. Please change them before you check out."
                : "A coupon doesn't count any more. Please remove it before you check out."}
            </p>
          ) : (
            <a href="/checkout" className="button button-primary mt-6 w-full">
              <LockIcon className="size-4.5" />
              Check out
            </a>
          )}
        </div>
        <p className="text-muted mt-4 flex gap-3 px-1 text-sm">
          <TruckIcon className="size-5 shrink-0" />
          Delivery and tax are part of this total: it is what you pay.
        </p>
      </aside>
    </div>
  );
}

function Loading() {
  return (
    <div aria-busy="true" className="grid gap-8 lg:grid-cols-[1fr_23rem] lg:gap-14">
      <span role="status" className="sr-only">
        Loading your cart
      </span>
      <div className="mt-9 space-y-5">
        {[1, 2, 3].map((n) => (
          <div key={n} className="flex gap-6">
            <div className="skeleton size-32 shrink-0" />
            <div className="grow space-y-3 py-2">
              <div className="skeleton h-5 w-2/3" />
              <div className="skeleton h-4 w-1/3" />
            </div>
          </div>
        ))}
      </div>
      <div className="skeleton h-80" />
    </div>
  );
}
