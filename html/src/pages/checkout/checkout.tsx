import { useEffect, useRef, useState } from "react";
import { useCart } from "@/features/cart/api/get-cart";
import { problemOf, type Problem } from "@/lib/api";
import type { Mistake } from "@/lib/mistakes";
import { usePage } from "@/lib/store-context";
import { Empty, Failure } from "@/ui/notice";
import { AddressStep } from "./address-step";
import { CheckoutSummary } from "./checkout-summary";
import { DeliveryStep } from "./delivery-step";
import { check, FIELDS, keepDraft, readDraft, type Draft } from "./draft";
import { Steps } from "./steps";

// The step is in the address, so that Back goes to the step before.
function useStep(): [number, (step: number) => void] {
  const read = () => (location.hash === "#delivery" ? 2 : 1);
  const [step, setStep] = useState(read);
  useEffect(() => {
    const follow = () => setStep(read());
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return [
    step,
    (next) => {
      location.hash = next === 2 ? "#delivery" : "";
    },
  ];
}

export function Checkout() {
  const page = usePage();
  const cart = useCart(page.cart);
  const [draft, setDraft] = useState(() =>
    readDraft(page.store.countries[0] ?? ""),
  );
  const [wanted, go] = useStep();
  const [refused, setRefused] = useState<readonly Mistake[]>([]);
  const step = check(draft, page.user === null).length > 0 ? 1 : wanted;
  const heading = useHeadingFocus(step);
  const change = (next: Draft) => {
    // another order than before: a new key
    const fresh = { ...next, key: crypto.randomUUID() };
    setDraft(fresh);
    keepDraft(fresh);
  };
  const refuse = (mistakes: readonly Mistake[], problem: Problem) => {
    if (problem.status === 409) {
      void cart.refetch();
    }
    if (mistakes.some(({ field }) => FIELDS.some((name) => name === field))) {
      setRefused(mistakes);
      go(1);
    }
  };
  if (!page.cart || cart.data?.items.length === 0) {
    return (
      <Empty title="There is nothing to check out" picture="shopping-bags">
        <p>Your cart is empty.</p>
        <a href="/" className="button button-primary">
          Look around
        </a>
      </Empty>
    );
  }
  if (cart.isError) {
    return (
      <Failure
        title="The checkout can't be shown right now"
        detail={problemOf(cart.error).title}
        retry={() => void cart.refetch()}
      />
    );
  }
  return (
    <div className="grid gap-8 lg:grid-cols-[1fr_24rem] lg:gap-16">
      <div className="lg:order-last">
        <CheckoutSummary cart={cart.data} method={step === 2 ? draft : null} />
      </div>
      <div className="max-w-2xl">
        <Steps step={step} />
        <h1 ref={heading} tabIndex={-1} className="mt-4 mb-7 text-3xl">
          {step === 1 ? "Where should it go?" : "Delivery and payment"}
        </h1>
        {step === 1 && (
          <AddressStep
            draft={draft}
            change={change}
            refused={refused}
            next={() => {
              setRefused([]);
              go(2);
            }}
          />
        )}
        {step === 2 && cart.data && (
          <DeliveryStep
            cart={cart.data}
            draft={draft}
            change={change}
            back={() => go(1)}
            refuse={refuse}
          />
        )}
        {step === 2 && !cart.data && (
          <div aria-busy="true" className="skeleton h-64" />
        )}
      </div>
    </div>
  );
}

// A new step is announced by its heading, but not the first one.
function useHeadingFocus(step: number) {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(step);
  useEffect(() => {
    if (before.current !== step) {
      before.current = step;
      heading.current?.focus();
      scrollTo(0, 0);
    }
  }, [step]);
  return heading;
}
