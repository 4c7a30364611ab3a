import { useEffect, useState, type SubmitEvent } from "react";
import { useSetDelivery } from "@/features/cart/api/set-delivery";
import { usePlaceOrder } from "@/features/order/api/place-order";
import { useShippingOptions } from "@/features/shipping/api/get-shipping-options";
import { problemOf, type Problem } from "@/lib/api";
import { countryName } from "@/lib/countries";
import { mistakesOf, type Mistake } from "@/lib/mistakes";
import { useLocale, useMoney, usePage } from "@/lib/store-context";
import type { Cart } from "@/lib/types";
import { ErrorSummary } from "@/ui/error-summary";
import { LockIcon } from "@/ui/icons";
import { Failure } from "@/ui/notice";
import { DeliveryOptions } from "./delivery-options";
import { addressOf, forgetDraft, LABELS, type Draft } from "./draft";
import { expectedTotal, totalWith } from "./totals";

interface Props {
  cart: Cart;
  draft: Draft;
  change: (draft: Draft) => void;
  back: () => void;
  refuse: (mistakes: readonly Mistake[], problem: Problem) => void;
}

export function DeliveryStep({ cart, draft, change, back, refuse }: Props) {
  const guest = usePage().user === null;
  const money = useMoney();
  const place = usePlaceOrder();
  const [mistakes, setMistakes] = useState<readonly Mistake[]>([]);
  const options = useShippingOptions(
    draft.country,
    draft.postal_code.trim(),
    true,
  );
  const offered = options.data?.items ?? [];
  const chosen =
    offered.find(({ code }) => code === draft.method) ??
    offered.find(({ code }) => code === cart.shipping_method) ??
    offered[0];
  useDelivered(draft, chosen?.code);
  if (options.isError) {
    return (
      <Failure
        title="The ways of delivery can't be shown right now"
        detail={problemOf(options.error).title}
        retry={() => void options.refetch()}
      />
    );
  }
  if (!options.data) {
    return <div aria-busy="true" className="skeleton h-64" />;
  }
  const { due } = totalWith(cart, chosen);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (place.isPending || place.isSuccess) {
      return;
    }
    const expected = expectedTotal(cart, chosen);
    place.mutate(
      {
        address: addressOf(draft),
        key: draft.key,
        ...(guest && { email: draft.email.trim() }),
        ...(chosen && { shippingMethod: chosen.code }),
        ...(expected && { expectedTotal: expected }),
      },
      {
        onSuccess: (order) => {
          forgetDraft();
          location.assign(`/orders/${order.id}`);
        },
        onError: (error) => {
          const problem = problemOf(error);
          const found = mistakesOf(problem, LABELS);
          setMistakes(found);
          refuse(found, problem);
        },
      },
    );
  };
  return (
    <form onSubmit={submit} noValidate>
      <ErrorSummary mistakes={mistakes} title="The order was not placed" />
      <Review draft={draft} guest={guest} back={back} />
      {offered.length > 0 && (
        <DeliveryOptions
          options={offered}
          chosen={chosen?.code ?? ""}
          choose={(method) => change({ ...draft, method })}
        />
      )}
      <section className="mt-9">
        <h2 className="mb-2 text-xl">Payment</h2>
        <p className="text-muted">
          {due.amount === 0
            ? "There is nothing left to pay."
            : "You pay on the next page, when your pieces are reserved for you."}
        </p>
      </section>
      <button
        type="submit"
        className="button button-primary mt-8 w-full"
        disabled={place.isPending || place.isSuccess}
      >
        <LockIcon className="size-4.5" />
        {place.isPending || place.isSuccess
          ? "Placing the order …"
          : `Place the order · ${money(due)}`}
      </button>
    </form>
  );
}

// The shop computes what it costs, for this address and this way of delivery.
function useDelivered(draft: Draft, method: string | undefined) {
  const { mutate } = useSetDelivery();
  const { country } = draft;
  const postalCode = draft.postal_code.trim();
  useEffect(() => {
    if (method !== undefined) {
      mutate({ country, postalCode, method });
    }
  }, [mutate, country, postalCode, method]);
}

interface ReviewProps {
  draft: Draft;
  guest: boolean;
  back: () => void;
}

function Review({ draft, guest, back }: ReviewProps) {
  const locale = useLocale();
  return (
    <div className="bg-surface mb-9 flex items-start justify-between gap-4 rounded-base p-4 text-[0.9375rem]">
      <div>
        {guest && <p className="text-muted">{draft.email}</p>}
        <p className="font-medium">{draft.name}</p>
        <p>
          {draft.line1}, {draft.postal_code} {draft.city},{" "}
          {countryName(draft.country, locale)}
        </p>
      </div>
      <button type="button" className="link min-h-9 px-1" onClick={back}>
        Change<span className="sr-only"> the address</span>
      </button>
    </div>
  );
}
