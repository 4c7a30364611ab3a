import { useState } from "react";
import { useMoney } from "@/lib/store-context";
import type { Cart } from "@/lib/types";
import { useAddCoupon } from "./api/add-coupon";
import { useAddGiftCard } from "./api/add-gift-card";
import { useRemoveCoupon } from "./api/remove-coupon";
import { useRemoveGiftCard } from "./api/remove-gift-card";
import { CodeForm } from "./code-form";
import { CodeRow } from "./code-row";
import { reasonOf } from "./coupon-reason";

// Coupons and gift cards: those the cart has, and a form for each.
export function Codes({ cart }: { cart: Cart }) {
  const some = cart.coupons.length + cart.gift_cards.length > 0;
  const [opened] = useState(some);
  return (
    <section aria-label="Coupons and gift cards" className="mt-5">
      {some && (
        <ul className="mb-3 space-y-1">
          {cart.coupons.map((coupon) => (
            <Coupon key={coupon.code} cart={cart} coupon={coupon} />
          ))}
          {cart.gift_cards.map((card) => (
            <GiftCard key={card.id} card={card} />
          ))}
        </ul>
      )}
      <details open={opened}>
        <summary className="link inline-block min-h-11 cursor-pointer py-2.5 text-sm">
          Coupon or gift card
        </summary>
        <div className="space-y-4 pt-2 pb-1">
          <CodeForm name="coupon" label="Coupon code" add={useAddCoupon()} />
          <CodeForm
            name="gift-card"
            label="Code of a gift card"
            add={useAddGiftCard()}
          />
        </div>
      </details>
    </section>
  );
}

interface CouponProps {
  cart: Cart;
  coupon: Cart["coupons"][number];
}

function Coupon({ cart, coupon }: CouponProps) {
  const remove = useRemoveCoupon();
  const discount = cart.discounts.find(({ code }) => code === coupon.code);
  return (
    <CodeRow
      title={coupon.code}
      what={`the coupon ${coupon.code}`}
      text={coupon.applied ? (discount?.name ?? "Applied") : ""}
      wrong={coupon.applied ? "" : reasonOf(coupon.reason)}
      error={remove.error}
      busy={remove.isPending}
      remove={() => remove.mutate(coupon.code)}
    />
  );
}

function GiftCard({ card }: { card: Cart["gift_cards"][number] }) {
  const money = useMoney();
  const remove = useRemoveGiftCard();
  const name = card.hint ? `Gift card …${card.hint}` : "Gift card";
  const usable = card.balance !== null && card.balance.amount > 0;
  return (
    <CodeRow
      title={name}
      what={name}
      text={
        card.balance && usable
          ? `Pays ${money(card.amount)} of ${money(card.balance)}`
          : ""
      }
      wrong={usable ? "" : "This card can't pay. Please remove it."}
      error={remove.error}
      busy={remove.isPending}
      remove={() => remove.mutate(card.id)}
    />
  );
}
