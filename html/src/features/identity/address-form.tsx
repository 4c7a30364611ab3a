import type { SubmitEvent } from "react";
import { countryName } from "@/lib/countries";
import { errorOf } from "@/lib/mistakes";
import { useLocale, usePage } from "@/lib/store-context";
import { useMistakes } from "@/lib/use-mistakes";
import { ErrorSummary } from "@/ui/error-summary";
import { described, Field, Labelled } from "@/ui/field";
import { Submit } from "@/ui/submit";
import { addressOf, LABELS, type AddressInput } from "./address";
import type { BookAddress } from "./api/list-addresses";

const KNOWN = {};

interface Props {
  known: BookAddress | undefined;
  busy: boolean;
  error: Error | null;
  save: (address: AddressInput) => void;
}

export function AddressForm({ known, busy, error, save }: Props) {
  const mistakes = useMistakes(error, LABELS, KNOWN);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    save(addressOf(new FormData(event.currentTarget)));
  };
  const text = (name: Exclude<keyof typeof LABELS, "country">) => ({
    label: LABELS[name],
    name,
    defaultValue: known?.[name] ?? "",
    error: errorOf(mistakes, name),
  });
  return (
    <form onSubmit={submit} noValidate className="space-y-5">
      <ErrorSummary mistakes={mistakes} />
      <Field {...text("name")} autoComplete="name" required />
      <Field {...text("line1")} autoComplete="address-line1" required />
      <Field {...text("line2")} autoComplete="address-line2" />
      <div className="grid gap-5 sm:grid-cols-[8rem_1fr]">
        <Field {...text("postal_code")} autoComplete="postal-code" required />
        <Field {...text("city")} autoComplete="address-level2" required />
      </div>
      <Field {...text("region")} autoComplete="address-level1" />
      <CountryField
        country={known?.country ?? ""}
        error={errorOf(mistakes, "country")}
      />
      <Field {...text("phone")} type="tel" autoComplete="tel" />
      <label className="flex items-center gap-3">
        <input
          type="checkbox"
          name="is_default"
          className="size-6 shrink-0"
          defaultChecked={known?.is_default ?? false}
        />
        Offer this one first
      </label>
      <label className="flex items-center gap-3">
        <input
          type="checkbox"
          name="is_default_billing"
          className="size-6 shrink-0"
          defaultChecked={known?.is_default_billing ?? false}
        />
        Bill to this one
      </label>
      <Submit wide label="Save" busy={busy} />
    </form>
  );
}

interface CountryProps {
  country: string;
  error: string | undefined;
}

function CountryField({ country, error }: CountryProps) {
  const { countries } = usePage().store;
  const locale = useLocale();
  const first = country || (countries[0] ?? "");
  const codes = countries.includes(first) ? countries : [first, ...countries];
  return (
    <Labelled label={LABELS.country} name="country" error={error}>
      <select
        {...described("country", error)}
        id="country"
        name="country"
        autoComplete="country"
        className="field"
        defaultValue={first}
      >
        {codes.map((code) => (
          <option key={code} value={code}>
            {countryName(code, locale)}
          </option>
        ))}
      </select>
    </Labelled>
  );
}
