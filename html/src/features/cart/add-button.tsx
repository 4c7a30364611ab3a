import { useState } from "react";
import { problemOf } from "@/lib/api";
import type { Variant } from "@/lib/types";
import { Stepper } from "@/ui/stepper";
import { AddedDialog } from "./added-dialog";
import { useAddToCart } from "./api/add-to-cart";

interface Props {
  variant: Variant | undefined;
  inStock: boolean;
}

export function AddButton({ variant, inStock }: Props) {
  const [quantity, setQuantity] = useState(1);
  const add = useAddToCart();
  const available = variant?.available ?? 0;
  const sold = !inStock || available < 1;
  return (
    <div>
      <div className="flex gap-3">
        {!sold && (
          <Stepper
            value={Math.min(quantity, available)}
            max={available}
            label="Quantity"
            change={setQuantity}
          />
        )}
        <button
          type="button"
          className="button button-primary grow"
          disabled={sold}
          aria-disabled={add.isPending}
          onClick={() => {
            if (variant && !add.isPending) {
              add.mutate({
                variantId: variant.id,
                quantity: Math.min(quantity, available),
              });
            }
          }}
        >
          {sold ? "Sold out" : add.isPending ? "Adding …" : "Add to cart"}
        </button>
      </div>
      <p role="alert" className="text-danger mt-2 min-h-6 text-sm font-medium">
        {add.isError && problemOf(add.error).detail}
      </p>
      {add.isSuccess && variant && (
        <AddedDialog
          cart={add.data}
          variantId={variant.id}
          close={() => add.reset()}
        />
      )}
    </div>
  );
}
