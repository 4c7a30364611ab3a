import { useEffect, useRef } from "react";
import { useMoney } from "@/lib/store-context";
import type { Cart } from "@/lib/types";
import { CheckIcon, CloseIcon } from "@/ui/icons";
import { Picture } from "@/ui/picture";
import { countOf } from "./count";

interface Props {
  cart: Cart;
  variantId: string;
  close: () => void;
}

// A native dialog keeps the focus and gives it back by itself.
export function AddedDialog({ cart, variantId, close }: Props) {
  const box = useRef<HTMLDialogElement>(null);
  const money = useMoney();
  const item = cart.items.find((line) => line.variant_id === variantId);
  useEffect(() => {
    box.current?.showModal();
  }, []);
  return (
    <dialog
      ref={box}
      onClose={close}
      aria-labelledby="added-title"
      className="bg-raised text-fg rise m-0 mt-auto w-full max-w-none rounded-t-[1.25rem] p-5 sm:mx-auto sm:my-auto sm:w-[26rem] sm:rounded-base sm:p-6"
    >
      <div className="flex items-center gap-3">
        <span className="bg-success grid size-7 place-items-center rounded-full text-[var(--bg)]">
          <CheckIcon className="size-4.5" />
        </span>
        <h2 id="added-title" className="grow text-lg">
          In your cart
        </h2>
        <form method="dialog">
          <button type="submit" className="tap -mr-2" aria-label="Close">
            <CloseIcon className="size-5" />
          </button>
        </form>
      </div>
      {item && (
        <div className="mt-4 flex items-center gap-4">
          <Picture
            image={item.image}
            seed={item.product_id}
            className="w-20 shrink-0"
          />
          <div className="min-w-0">
            <p className="font-medium wrap-anywhere">{item.name}</p>
            <p className="text-muted text-sm tabular-nums">
              {item.quantity} × {money(item.unit_price)}
            </p>
          </div>
        </div>
      )}
      <p className="border-border mt-5 flex justify-between border-t pt-4 font-semibold">
        <span>
          Subtotal ({countOf(cart)})
        </span>
        <span className="tabular-nums">{money(cart.subtotal)}</span>
      </p>
      <div className="mt-4 grid gap-2.5">
        <a href="/checkout" className="button button-primary">
          Check out
        </a>
        <a href="/cart" className="button button-plain">
          View cart
        </a>
      </div>
    </dialog>
  );
}
