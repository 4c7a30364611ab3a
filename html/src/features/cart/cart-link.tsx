import { usePage } from "@/lib/store-context";
import { CartIcon } from "@/ui/icons";
import { useCart } from "./api/get-cart";
import { countOf } from "./count";

export function CartLink() {
  const { data } = useCart(usePage().cart);
  const count = countOf(data);
  const label = count === 1 ? "Cart, 1 piece" : `Cart, ${count} pieces`;
  return (
    <a href="/cart" className="tap relative rounded-full" aria-label={label}>
      <CartIcon />
      {count > 0 && (
        <span
          aria-hidden="true"
          className="bg-accent text-on-accent absolute top-1 right-0.5 grid h-5 min-w-5 place-items-center rounded-full px-1 text-[0.6875rem] font-bold tabular-nums"
        >
          {count > 99 ? "99+" : count}
        </span>
      )}
    </a>
  );
}
