import { useState, type SubmitEvent } from "react";
import { useSetDestination } from "@/features/cart/api/set-destination";
import { problemOf } from "@/lib/api";
import { countryName } from "@/lib/countries";
import { errorOf, mistakesOf, type Mistake } from "@/lib/mistakes";
import { useLocale, usePage } from "@/lib/store-context";
import { ErrorSummary } from "@/ui/error-summary";
import { described, Field, Labelled } from "@/ui/field";
import {
  check,
  LABELS,
  type Draft,
  type ExtraName,
  type FieldName,
} from "./draft";
import { KnownAddresses } from "./known-addresses";

interface Props {
  draft: Draft;
  change: (draft: Draft) => void;
  refused: readonly Mistake[];
  next: () => void;
}

export function AddressStep({ draft, change, refused, next }: Props) {
  const guest = usePage().user === null;
  const [mistakes, setMistakes] = useState(refused);
  const destination = useSetDestination();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const wrong = check(draft, guest);
    setMistakes(wrong);
    if (wrong.length > 0 || destination.isPending) {
      return;
    }
    destination.mutate(
      { country: draft.country, postalCode: draft.postal_code.trim() },
      {
        onSuccess: next,
        onError: (error) => setMistakes(mistakesOf(problemOf(error), LABELS)),
      },
    );
  };
  const text = (name: FieldName | ExtraName, required = true) => ({
    label: LABELS[name],
    name,
    value: draft[name] ?? "",
    required,
    error: errorOf(mistakes, name),
    onChange: (event: { currentTarget: HTMLInputElement }) =>
      change({ ...draft, [name]: event.currentTarget.value }),
  });
  return (
    <form onSubmit={submit} noValidate>
      <ErrorSummary mistakes={mistakes} />
      {guest && (
        <section className="mb-9">
          <div className="mb-4 flex flex-wrap items-baseline justify-between gap-x-4">
            <h2 className="text-xl">Contact</h2>
            <a href="/sign-in?next=/checkout" className="link py-1 text-sm">
              I have an account
            </a>
          </div>
          <Field
            {...text("email")}
            type="email"
            autoComplete="email"
            hint="For the confirmation and news of this order, nothing else."
          />
        </section>
      )}
      <section>
        <h2 className="mb-4 text-xl">Delivery address</h2>
        {!guest && <KnownAddresses draft={draft} change={change} />}
        <div className="space-y-5">
          <Field {...text("name")} autoComplete="shipping name" />
          <Field {...text("line1")} autoComplete="shipping address-line1" />
          {draft.line2 !== null && (
            <Field
              {...text("line2", false)}
              autoComplete="shipping address-line2"
            />
          )}
          <div className="grid gap-5 sm:grid-cols-[11rem_1fr]">
            <Field {...text("postal_code")} autoComplete="shipping postal-code" />
            <Field {...text("city")} autoComplete="shipping address-level2" />
          </div>
          <CountryField
            value={draft.country}
            error={errorOf(mistakes, "country")}
            change={(country) => change({ ...draft, country, method: "" })}
          />
          {draft.region !== null && (
            <Field
              {...text("region", false)}
              autoComplete="shipping address-level1"
            />
          )}
          {draft.phone !== null && (
            <Field
              {...text("phone", false)}
              type="tel"
              autoComplete="shipping tel"
            />
          )}
        </div>
      </section>
      <button
        type="submit"
        className="button button-primary mt-8 w-full sm:w-auto"
        disabled={destination.isPending}
      >
        {destination.isPending ? "One moment …" : "Continue to delivery"}
      </button>
    </form>
  );
}

interface CountryProps {
  value: string;
  error: string | undefined;
  change: (country: string) => void;
}

function CountryField({ value, error, change }: CountryProps) {
  const { store } = usePage();
  const locale = useLocale();
  return (
    <Labelled label={LABELS.country} name="country" error={error}>
      <select
        {...described("country", error)}
        id="country"
        name="country"
        autoComplete="shipping country"
        className="field"
        value={value}
        onChange={(event) => change(event.currentTarget.value)}
      >
        <option value="">Choose a country</option>
        {store.countries.map((code) => (
          <option key={code} value={code}>
            {countryName(code, locale)}
          </option>
        ))}
      </select>
    </Labelled>
  );
}
